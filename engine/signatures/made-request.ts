import type { RawHeader } from '#contract/http.ts'
import { findScheme } from './catalogue.ts'
import { sampleRequest } from './sample.ts'
import { prepareSecret } from './secret.ts'
import { sign } from './sign.ts'
import type { Body, PreparedSecret, RequestHead, Scheme, VerifyContext } from './types.ts'

/** A request signed for a test, with what is needed to judge it. */
export interface MadeRequest {
  scheme: Scheme
  secret: PreparedSecret
  head: RequestHead
  body: Uint8Array
}

/** The moment at which the requests of tests are signed. */
export const SIGNED_AT_MS = 1_760_000_000_000

export function schemeOf(id: string): Scheme {
  const scheme = findScheme(id)
  if (!scheme) throw new Error(`There is no scheme ${id}.`)
  return scheme
}

export function secretOf(scheme: Scheme, name = 'live key', id = 7): PreparedSecret {
  const key = Buffer.from(`${scheme.id} ${name} for tests`)
  const text =
    scheme.key === 'base64-after-whsec' ? `whsec_${key.toString('base64')}` : key.toString('hex')
  const made = prepareSecret(scheme, { id, name, text })
  if ('problem' in made) throw new Error(made.problem)
  return made.prepared
}

/** The scheme's sample, or another body, signed by our own signer. */
export function makeRequest(id: string, options: { body?: Uint8Array } = {}): MadeRequest {
  const scheme = schemeOf(id)
  const secret = secretOf(scheme)
  const sample = sampleRequest(scheme)
  const body = options.body ?? sample.body
  const { method } = sample
  const head = { method, target: `/in${sample.targetSuffix}`, rawHeaders: sample.rawHeaders }
  const signed = sign({
    scheme,
    secret,
    head,
    body,
    timestampMs: SIGNED_AT_MS,
    messageId: null,
  })
  if ('problem' in signed) throw new Error(signed.problem)
  return { scheme, secret, head: { ...head, rawHeaders: signed.rawHeaders }, body }
}

export function contextOf(made: MadeRequest, changes: Partial<VerifyContext> = {}): VerifyContext {
  return {
    head: made.head,
    scheme: made.scheme,
    secrets: [made.secret],
    lockedSecrets: false,
    atMs: SIGNED_AT_MS,
    tolerance: null,
    incomplete: null,
    ...changes,
  }
}

export function inMemory(bytes: Uint8Array): Body {
  return { byteLength: bytes.byteLength, chunks: () => [bytes] }
}

/** The head with one header changed; `null` takes it away. */
export function withHeader(
  head: RequestHead,
  lowerName: string,
  value: string | null,
): RequestHead {
  const rawHeaders = head.rawHeaders.flatMap(([name, old]): RawHeader[] => {
    if (name.toLowerCase() !== lowerName) return [[name, old]]
    return value === null ? [] : [[name, value]]
  })
  return { ...head, rawHeaders }
}

export function headerOf(head: RequestHead, lowerName: string): string {
  const found = head.rawHeaders.find(([name]) => name.toLowerCase() === lowerName)
  if (!found) throw new Error(`There is no header ${lowerName}.`)
  return found[1]
}
