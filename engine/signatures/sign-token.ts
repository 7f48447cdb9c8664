import { createHash, randomUUID } from 'node:crypto'
import type { Scheme } from '#contract/scheme.ts'
import { jwtAlgorithm } from './jwt.ts'
import { produceSignature } from './produce.ts'
import type { PreparedSecret, RequestHead, Settings } from './types.ts'
import { publicUrl } from './url.ts'
import type { WholeBody } from './whole-body.ts'

export interface TokenInput {
  scheme: Scheme
  secret: PreparedSecret
  settings: Settings
  head: RequestHead
  body: WholeBody
  timestampMs: number
  /** What `jti` says; `null`: a new one. */
  messageId: string | null
}

/** A JSON Web Token in compact form (RFC 7515, section 7.1) with the claims that the scheme wants. */
export function signToken(input: TokenInput): string {
  const { scheme, secret } = input
  const header = { alg: jwtAlgorithm(scheme.algorithm), typ: 'JWT' }
  const text = `${encoded(header)}.${encoded(claimsFor(input))}`
  return `${text}.${produceSignature(scheme, scheme.algorithm, Buffer.from(text), secret)}`
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function claimsFor({ scheme, settings, head, body, timestampMs, messageId }: TokenInput) {
  const form = scheme.jwt
  const seconds = Math.floor(timestampMs / 1000)
  const claims: Record<string, string | number> = {}
  if (!form) return claims
  const issuer = form.issuer ?? (form.issuerFrom ? settings[form.issuerFrom] : undefined)
  if (issuer !== undefined) claims.iss = issuer
  if (form.subjectIsUrl) claims.sub = publicUrl(head, settings)
  claims.iat = seconds
  if (form.times === 'exp-nbf') {
    claims.nbf = seconds
    if (form.lifetimeSeconds !== undefined) claims.exp = seconds + form.lifetimeSeconds
  }
  claims.jti = messageId ?? randomUUID()
  if (form.body) {
    const digest = createHash('sha256').update(body.bytes).digest()
    claims[form.body.claim] = digest.toString(form.body.encoding)
  }
  if (form.urlHashClaim) {
    const url = publicUrl(head, settings)
    claims[form.urlHashClaim] = createHash('sha256').update(url).digest('hex')
  }
  return claims
}
