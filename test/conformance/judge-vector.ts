import type { RawHeader } from '#contract/http.ts'
import type { Verification } from '#contract/verification.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import type { PreparedSecret, RequestHead, Scheme } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import type { Vector, VectorFile } from './vector-file.ts'

export interface Disagreement {
  id: string
  expected: 'accept' | 'reject'
  verdict: string
}

export interface Conformance {
  total: number
  agreed: number
  /** Vectors of schemes that are not there yet. */
  unsupported: number
  disagreed: Disagreement[]
}

/** Judges every vector: `valid` is accept, anything else reject. */
export function judgeFiles(files: readonly VectorFile[]): Conformance {
  const result: Conformance = { total: 0, agreed: 0, unsupported: 0, disagreed: [] }
  for (const file of files) {
    const scheme = findScheme(file.scheme)
    for (const vector of file.vectors) {
      result.total++
      if (!scheme) {
        result.unsupported++
        continue
      }
      const { verdict } = judgeVector(scheme, vector)
      const said = verdict === 'valid' ? 'accept' : 'reject'
      if (said === vector.expected || said === vector.ruleVerdict) result.agreed++
      else result.disagreed.push({ id: vector.id, expected: vector.expected, verdict })
    }
  }
  return result
}

export function judgeVector(scheme: Scheme, vector: Vector): Verification {
  const bytes = bodyOf(vector)
  const prepared = secretOf(scheme, vector)
  return verify(
    {
      head: headOf(vector),
      scheme,
      secrets: prepared ? [prepared] : [],
      lockedSecrets: false,
      atMs: vector.now * 1000,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: bytes.byteLength, chunks: () => [bytes] },
  )
}

/**
 * Drops the headers that a signer writes, signs at `now`, and compares: `null` when they come back
 * with the same values, else what came instead.
 */
export function resignVector(
  scheme: Scheme,
  vector: Vector,
  writesHeaders: readonly string[],
): string | null {
  const secret = secretOf(scheme, vector)
  if (!secret) return 'the secret cannot be used'
  const head = headOf(vector)
  const kept = head.rawHeaders.filter(([name]) => !writesHeaders.includes(name.toLowerCase()))
  const signed = sign({
    scheme,
    secret,
    head: { ...head, rawHeaders: kept },
    body: bodyOf(vector),
    timestampMs: vector.now * 1000,
    messageId: null,
  })
  if ('problem' in signed) return signed.problem
  const before = comparable(head.rawHeaders)
  const after = comparable(signed.rawHeaders)
  return before === after ? null : `${after} instead of ${before}`
}

function comparable(rawHeaders: readonly RawHeader[]): string {
  return rawHeaders
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort()
    .join('\n')
}

function headOf({ request }: Vector): RequestHead {
  const { pathname, search } = new URL(request.url)
  return { method: request.method, target: pathname + search, rawHeaders: request.headers }
}

function bodyOf({ request }: Vector): Uint8Array {
  return Buffer.from(request.bodyBase64, 'base64')
}

function secretOf(scheme: Scheme, vector: Vector): PreparedSecret | null {
  const made = prepareSecret(scheme, { id: null, name: 'vector', text: vector.secret })
  return 'prepared' in made ? made.prepared : null
}
