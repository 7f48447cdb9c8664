import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { schemes } from './catalogue.ts'
import { compile } from './compile.ts'
import { explain } from './explain.ts'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  secretOf,
  SIGNED_AT_MS,
  withHeader,
} from './made-request.ts'
import { recognise } from './recognise.ts'
import { sign } from './sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { RequestHead } from './types.ts'
import { startVerification, verify } from './verify.ts'
import { WholeBody } from './whole-body.ts'

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.json().map((text) => new Uint8Array(Buffer.from(text))),
  fc.json().map((text) => new Uint8Array(Buffer.from(JSON.stringify(JSON.parse(text), null, 2)))),
)

/** Every header that the scheme reads its signature, timestamp or signed id from. */
function signedHeaders(scheme: Scheme): string[] {
  const { signatureNames, timestampNames, messageIdNames, needsMessageId } = compile(scheme)
  const groups = [signatureNames, timestampNames, needsMessageId ? messageIdNames : []]
  return groups.flatMap((names) => names.slice(0, 1))
}

/** What a flip in the body must change for the signature to break: see schemes/novu.ts. */
function signedForm(scheme: Scheme, bytes: Uint8Array): string {
  const compact = scheme.signedBody === 'compact-json' ? new WholeBody(bytes).compact : null
  return compact ?? Buffer.from(bytes).toString('hex')
}

/** Schemes whose signed text holds the raw body and nothing else of it. */
const overRawBody = schemes.filter((scheme) => {
  const { pieces, readsBody, procedure } = compile(scheme)
  const isRaw = pieces.some((piece) => piece.kind === 'body' && piece.as === 'raw')
  return isRaw && !readsBody && !procedure
})

/**
 * A request that is signed in a header is all that these need. Not Hook0, which lower-cases the
 * header names in its signature, nor Infisical, whose `t` nothing covers.
 */
const signedInHeaders = schemes.filter(
  ({ id, signature, jwt, algorithm, signature: { place } }) =>
    'header' in place &&
    !jwt &&
    !signature.written &&
    algorithm !== 'basic-auth' &&
    id !== 'hook0' &&
    id !== 'infisical',
)

describe.each(overRawBody.map((scheme) => scheme.id))('%s, over the raw body', (id) => {
  test('what is signed is valid, and a stream of it too', () => {
    fc.assert(
      fc.property(anyBody, fc.array(fc.nat(60), { maxLength: 8 }), (body, cuts) => {
        const made = makeRequest(id, { body })
        const verification = verify(contextOf(made), inMemory(body))
        expect(verification.verdict).toBe('valid')
        expect(verification.matchedSecretId).toBe(7)
        const streaming = startVerification(contextOf(made))
        let at = 0
        for (const length of cuts) {
          streaming.update(body.subarray(at, at + length))
          at += length
        }
        streaming.update(body.subarray(at))
        const end = { byteLength: body.byteLength, incomplete: null, bodyPrefix: body }
        expect(streaming.finish(end).verification).toEqual(verification)
        const chunks = [body.subarray(0, 3), body.subarray(3)]
        const inTwo = { byteLength: body.byteLength, chunks: () => chunks }
        expect(verify(contextOf(made), inTwo)).toEqual(verification)
      }),
    )
  })

  test('a flipped bit of the body is not valid', () => {
    fc.assert(
      fc.property(anyBody, fc.nat(), fc.nat(7), (body, position, bit) => {
        fc.pre(body.byteLength > 0)
        const made = makeRequest(id, { body })
        const flipped = Uint8Array.from(body)
        const at = position % body.byteLength
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const { verdict } = verify(contextOf(made), inMemory(flipped))
        const same = signedForm(made.scheme, flipped) === signedForm(made.scheme, body)
        expect(verdict).toBe(same ? 'valid' : 'invalid')
      }),
    )
  })
})

describe.each(signedInHeaders.map((scheme) => scheme.id))('%s, in headers', (id) => {
  test('a changed character of signature, timestamp or id is not valid', () => {
    const made = makeRequest(id)
    fc.assert(
      fc.property(
        fc.constantFrom(...signedHeaders(made.scheme)),
        fc.nat(),
        fc.integer({ min: 0x21, max: 0x7e }),
        (name, position, code) => {
          const value = headerOf(made.head, name)
          const at = position % value.length
          const changed = value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1)
          // NotifyKit documents a check that never looks at `t=`.
          const ignored = id === 'notifykit' && name === 'x-webhook-signature' && at < 12
          fc.pre(changed !== value && !ignored)
          const head = withHeader(made.head, name, changed)
          const { verdict } = verify(contextOf({ ...made, head }), inMemory(made.body))
          expect(['invalid', 'malformed']).toContain(verdict)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('any of several secrets may match any of several signatures', () => {
    const made = makeRequest(id)
    const other = secretOf(made.scheme, 'old key', 8)
    const signed = sign({ ...made, secret: other, timestampMs: SIGNED_AT_MS, messageId: null })
    if ('problem' in signed) throw new Error(signed.problem)
    const head = { ...made.head, rawHeaders: signed.rawHeaders }
    for (const secrets of [
      [made.secret, other],
      [other, made.secret],
    ]) {
      const ours = verify(contextOf(made, { secrets }), inMemory(made.body))
      expect([ours.verdict, ours.matchedSecretId]).toEqual(['valid', 7])
      const theirs = verify(contextOf({ ...made, head }, { secrets }), inMemory(made.body))
      expect([theirs.verdict, theirs.matchedSecretId]).toEqual(['valid', 8])
    }
    expect(verify(contextOf({ ...made, head }), inMemory(made.body)).verdict).toBe('invalid')
    const { list, version } = made.scheme.signature
    if (list === undefined || version === undefined) return
    const { place } = made.scheme.signature
    if (!('header' in place)) return
    const name = place.header.toLowerCase()
    const signature = headerOf(head, name).split(list).at(-1) ?? ''
    const joined = `${headerOf(made.head, name)}${list}${signature}`
    const both = withHeader(made.head, name, joined)
    for (const secrets of [[made.secret], [other]]) {
      const verification = verify(
        contextOf({ ...made, head: both }, { secrets }),
        inMemory(made.body),
      )
      expect(verification.verdict).toBe('valid')
    }
  })
})

describe.each(schemes.map((scheme) => scheme.id))('%s', (id) => {
  test('nothing that a request says throws', () => {
    const made = makeRequest(id)
    const names = [...signedHeaders(made.scheme), 'content-type', 'x-github-event']
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('t', 'v', '1', '=', ',', ' ', '0', '-', 'e') }),
    )
    const anyHead: fc.Arbitrary<RequestHead> = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT'),
      target: fc.string(),
      rawHeaders: fc.array(fc.tuple(fc.constantFrom(...names), anyText)),
    })
    fc.assert(
      fc.property(anyHead, anyBody, (head, body) => {
        const context = contextOf({ ...made, head })
        const explanation = explain(context, inMemory(body), SIGNED_AT_MS)
        expect(explanation.verification.verdict).not.toBe('valid')
        expect(explanation.verification.reason.sentence).toMatch(/\.$/)
        expect(() => recognise(head)).not.toThrow()
      }),
    )
  })
})
