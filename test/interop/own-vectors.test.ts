/**
 * Our own vectors were signed by the documented rules. Where a scheme has a package, that package
 * judges them too, with the clock at the vector's moment.
 */
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readVectorFiles, type Vector } from '#test/conformance/vector-file.ts'
import { cases } from './cases.ts'
import type { InteropCase } from './interop-case.ts'

const directory = fileURLToPath(new URL('../conformance/vectors', import.meta.url))

/** The verifiers get the body as text here, and many of them parse it as well. */
const NOT_TEXT = ['body-binary', 'body-empty', 'body-not-utf8']

/** Where a package is known to do otherwise than its provider's rule, by kind of vector. */
const OTHERWISE: Record<string, { kinds: string[]; why: string }> = {
  'aws-sns': { kinds: ['wrong-secret'], why: 'keeps the certificate of a URL that it knows' },
  braintree: {
    kinds: [
      ...['body-form', 'body-form-bare', 'body-form-lines', 'header-case'],
      ...['signed-with-line-feed', 'rotated-secrets'],
    ],
    why: 'parses the XML once the signature is right, and our payloads are none',
  },
  crisp: { kinds: ['body-odd'], why: 're-serialises the body' },
  dodo: { kinds: ['svix-header-names'], why: 'reads webhook-* only; others of the scheme, svix-*' },
  hook0: { kinds: ['rotated-secrets-first'], why: 'tries the last v1 only' },
  hygraph: { kinds: ['missing-prefix'], why: 'takes a signature without its name' },
  imagekit: { kinds: ['rotated-secrets'], why: 'tries the first v1 only' },
  lark: { kinds: ['body-odd'], why: 're-serialises the body' },
  liveblocks: {
    kinds: [
      ...['body-compact', 'body-odd', 'header-case', 'stale-edge-inside', 'future-edge-inside'],
      ...['rotated-secrets', 'rotated-secrets-first'],
    ],
    why: 'refuses event types that it does not know once the signature is right',
  },
  novu: { kinds: ['seconds'], why: 'reads milliseconds, though its page says seconds' },
  telnyx: {
    kinds: ['future-timestamp', 'future-edge-outside'],
    why: '2.1.0 does not look at the future; 7.24.0, which is ten times its size, does',
  },
  vonage: {
    kinds: ['tampered-body', 'missing-prefix'],
    why: 'checks the token only, not payload_hash; and gets it without “Bearer ”',
  },
  workos: { kinds: ['rotated-secrets'], why: 'takes the second entry for the signature' },
}

async function judge(each: InteropCase, vector: Vector): Promise<'accept' | 'reject'> {
  const { method, url, headers, bodyBase64 } = vector.request
  const request = { method, url, rawHeaders: headers, body: Buffer.from(bodyBase64, 'base64') }
  vi.setSystemTime(vector.now * 1000)
  try {
    return (await each.verify(request, vector.secret, vector.settings ?? {})) ? 'accept' : 'reject'
  } catch (error) {
    if (error instanceof Error) return 'reject'
    throw error
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  // Some of them print what they refuse.
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('our own vectors', () => {
  const files = readVectorFiles(directory).flatMap((file) => {
    const each = cases.find(({ scheme }) => scheme === file.scheme)
    return each ? [{ ...file, each, sdk: each.sdk }] : []
  })

  test.each(files)('$scheme: $sdk judges them as expected', async ({ scheme, vectors, each }) => {
    const otherwise = OTHERWISE[scheme]?.kinds ?? []
    const disagreed: string[] = []
    const agreed = { accept: 0, reject: 0 }
    for (const vector of vectors) {
      const said = await judge(each, vector)
      const agrees = said === vector.expected || said === vector.ruleVerdict
      if (agrees) agreed[said]++
      else if (![...NOT_TEXT, ...otherwise].includes(vector.kind)) disagreed.push(vector.id)
    }
    expect(disagreed).toEqual([])
    expect(agreed.accept + agreed.reject).toBeGreaterThan(0)
  })

  test('the exceptions are of schemes that are judged here', () => {
    const judged = new Set(files.map((file) => file.scheme))
    expect(Object.keys(OTHERWISE).filter((scheme) => !judged.has(scheme))).toEqual([])
  })
})
