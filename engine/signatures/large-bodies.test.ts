/**
 * Bodies over 1 MiB, for every scheme: `valid` where their bytes can be checked while they stream
 * past, `incomplete` where they cannot, and never wrongly `invalid`.
 */
import { describe, expect, test } from 'vitest'
import type { Verdict } from '#contract/verdict.ts'
import { schemes } from './catalogue.ts'
import { compile } from './compile.ts'
import { contextOf, makeRequest, secretOf, type MadeRequest } from './made-request.ts'
import { sampleRequest } from './sample.ts'
import type { VerifyContext } from './types.ts'
import { startVerification, verdictOf, verify } from './verify.ts'
import { WHOLE_BODY_BYTES } from './whole-body.ts'

const PAD = 'x'.repeat(WHOLE_BODY_BYTES)

/** The sample with so much more in it that it is not looked at whole. */
function largeBody(id: string): Buffer {
  const made = makeRequest(id)
  const text = Buffer.from(sampleRequest(made.scheme).body).toString()
  if (text.startsWith('{')) return Buffer.from(`${text.slice(0, -1)},"pad":"${PAD}"}`)
  if (text.startsWith('[')) return Buffer.from(`${text.slice(0, -1)},"${PAD}"]`)
  return Buffer.from(text === '' ? `{"pad":"${PAD}"}` : `${text}&pad=${PAD}`)
}

/** Cuts of every size, from one byte to all the rest. */
function* cut(body: Uint8Array): Generator<Uint8Array> {
  let at = 0
  for (const length of [1, 2, 0, 61, 1024, 65_536, 13, 262_144]) {
    yield body.subarray(at, at + length)
    at += length
  }
  yield body.subarray(at)
}

/** In every way that a body can be judged in; they must agree. */
function verdictsOf(made: MadeRequest, changes: Partial<VerifyContext> = {}): Verdict {
  const context = contextOf(made, changes)
  const { byteLength } = made.body
  const body = { byteLength, chunks: () => cut(made.body) }
  const { verdict } = verify(context, body)
  expect(verdictOf(context, body).verdict).toBe(verdict)
  const streaming = startVerification(context)
  for (const chunk of cut(made.body)) streaming.update(chunk)
  const bodyPrefix = made.body.subarray(0, 65_536)
  const judged = streaming.finish({ byteLength, incomplete: null, bodyPrefix })
  expect(judged.verification.verdict).toBe(verdict)
  return verdict
}

describe.each(schemes.map(({ id }) => id))('%s', (id) => {
  const made = makeRequest(id, { body: largeBody(id) })
  const { streamable, scheme } = compile(made.scheme)

  test('what is right is valid, or incomplete where it must be known whole', () => {
    expect(made.body.byteLength).toBeGreaterThan(WHOLE_BODY_BYTES)
    expect(verdictsOf(made)).toBe(streamable ? 'valid' : 'incomplete')
  })

  test('what is wrong is invalid only where its bytes were checked', () => {
    const checked = streamable && scheme.signedBody !== 'compact-json'
    const secrets = [secretOf(made.scheme, 'other key', 8)]
    expect(verdictsOf(made, { secrets })).toBe(checked ? 'invalid' : 'incomplete')
    const body = Uint8Array.from(made.body)
    body[body.byteLength - 9] = 0x79
    const tampered = verdictsOf({ ...made, body })
    // Credentials, and rules that never look at the body, do not notice.
    expect(checked ? ['invalid', 'valid'] : ['incomplete']).toContain(tampered)
  })
})

test('most schemes stream, and notice a byte that was changed', () => {
  const noticed = schemes.filter(({ id, signedBody }) => {
    const { streamable, pieces } = compile(makeRequest(id).scheme)
    return streamable && signedBody === undefined && pieces.some(({ kind }) => kind === 'body')
  })
  expect(noticed.length).toBeGreaterThan(schemes.length / 2)
  for (const { id } of noticed) {
    const made = makeRequest(id, { body: largeBody(id) })
    const body = Uint8Array.from(made.body)
    body[body.byteLength - 9] = 0x79
    expect([id, verdictsOf({ ...made, body })]).toEqual([id, 'invalid'])
  }
})
