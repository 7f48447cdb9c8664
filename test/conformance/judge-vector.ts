import type { RawHeader } from '#contract/http.ts'
import type { Verification } from '#contract/verification.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { sign, type SignedRequest } from '#engine/signatures/sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { RequestHead, Settings } from '#engine/signatures/types.ts'
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
  /** Correctly signed vectors that were signed anew, and those that came out wrong. */
  resigned: number
  resignedWrongly: { id: string; problem: string }[]
}

/** Judges every vector: `valid` is accept, anything else reject. */
export function judgeFiles(files: readonly VectorFile[]): Conformance {
  const result: Conformance = {
    total: 0,
    agreed: 0,
    unsupported: 0,
    disagreed: [],
    resigned: 0,
    resignedWrongly: [],
  }
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
      if (!file.resigning || !isRightlySigned(vector)) continue
      result.resigned++
      const problem = resignVector(scheme, file, vector)
      if (problem !== null) result.resignedWrongly.push({ id: vector.id, problem })
    }
  }
  return result
}

/** The untouched requests, which signing anew must bring back. */
export function isRightlySigned(vector: Vector): boolean {
  return vector.kind.startsWith('body-') && vector.expected === 'accept'
}

export function judgeVector(scheme: Scheme, vector: Vector): Verification {
  const bytes = bodyOf(vector)
  return verify(
    {
      head: headOf(vector),
      scheme,
      ...secretsOf(scheme, vector),
      settings: settingsOf(vector),
      lockedSecrets: false,
      atMs: vector.now * 1000,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: bytes.byteLength, chunks: () => [bytes] },
  )
}

/**
 * Drops the headers that a signer writes and signs at `now`: `null` when the headers come back with
 * the same values (where the scheme gives the same result each time) and what was signed verifies,
 * else what happened instead.
 */
export function resignVector(scheme: Scheme, file: VectorFile, vector: Vector): string | null {
  const { resigning } = file
  if (!resigning) return 'the file does not say how'
  const signing = {
    ...vector,
    secret: file.testSigningKeysPkcs8Base64?.[vector.secret] ?? vector.secret,
  }
  const [secret] = secretsOf(scheme, signing).secrets
  if (!secret) return 'the secret cannot be used'
  const head = headOf(vector)
  const kept = head.rawHeaders.filter(
    ([name]) => !resigning.writesHeaders.includes(name.toLowerCase()),
  )
  const signed = sign({
    scheme,
    secret,
    settings: settingsOf(vector),
    head: { ...head, rawHeaders: kept },
    body: bodyOf(vector),
    timestampMs: vector.now * 1000,
    messageId: null,
  })
  if ('problem' in signed) return signed.problem
  const after = { ...vector, request: { ...vector.request, ...requestOf(vector, signed) } }
  const { verdict, reason } = judgeVector(scheme, after)
  if (verdict !== 'valid') return `what was signed is ${verdict}: ${reason.sentence}`
  if (!resigning.sameResultEachTime || finerThanTheClock(scheme, head)) return null
  const before = comparable(head.rawHeaders)
  const now = comparable(signed.rawHeaders)
  return before === now ? null : `${now} instead of ${before}`
}

/** The request as signing left it; its address may have changed too. */
function requestOf(vector: Vector, signed: SignedRequest): Partial<Vector['request']> {
  const url = new URL(vector.request.url)
  const unchanged = signed.target === url.pathname + url.search
  return {
    url: unchanged ? vector.request.url : new URL(signed.target, url).toString(),
    headers: signed.rawHeaders,
    bodyBase64: Buffer.from(signed.body).toString('base64'),
  }
}

/** `now` is in seconds: a timestamp with nanoseconds cannot come back from it (Twitch). */
function finerThanTheClock({ timestamp }: Scheme, head: RequestHead): boolean {
  if (!timestamp || !('header' in timestamp.place)) return false
  const { header } = timestamp.place
  const found = head.rawHeaders.find(([name]) => name.toLowerCase() === header.toLowerCase())
  return found !== undefined && /\.\d+/.test(found[1])
}

function comparable(rawHeaders: readonly RawHeader[]): string {
  return rawHeaders
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort()
    .join('\n')
}

function headOf({ request }: Vector): RequestHead {
  // As written: URL would escape what the sender did not.
  const target = request.url.replace(/^https?:\/\/[^/?#]*/i, '')
  return { method: request.method, target, rawHeaders: request.headers }
}

function bodyOf({ request }: Vector): Uint8Array {
  return Buffer.from(request.bodyBase64, 'base64')
}

function secretsOf(scheme: Scheme, vector: Vector) {
  const secret = { id: null, name: 'vector', text: vector.secret }
  return prepareSecrets(scheme, [secret], settingsOf(vector))
}

/** The address of a vector is the one that the sender called. */
function settingsOf({ request, settings }: Vector): Settings {
  return { publicUrl: request.url, ...settings }
}
