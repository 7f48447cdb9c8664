import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Algorithm, JwtForm, Scheme } from '#contract/scheme.ts'
import type { Tolerance } from '#contract/verification.ts'
import type { Reason } from './sentences.ts'

/** A JSON Web Token in compact form (RFC 7515, section 7.1), taken apart and not yet checked. */
export interface Token {
  header: Readonly<Record<string, unknown>>
  claims: Readonly<Record<string, unknown>>
  /** Header and payload as sent, joined with a dot: what is signed. */
  signedText: string
  signature: string
}

/** Three segments of base64url without padding (RFC 7515, sections 2 and 7.1). */
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)$/

/** `null`: it is not a token. */
export function readToken(text: string): Token | null {
  const [, head, payload, signature] = COMPACT.exec(text) ?? []
  if (head === undefined || payload === undefined || signature === undefined) return null
  try {
    const header = { ...decodeProtectedHeader(text) }
    const claims = { ...decodeJwt(text) }
    return { header, claims, signedText: `${head}.${payload}`, signature }
  } catch (error) {
    // jose throws TypeError and its own errors for what is no token.
    if (error instanceof Error) return null
    throw error
  }
}

/** The `alg` of RFC 7518, section 3.1, for an algorithm of ours. */
export function jwtAlgorithm(algorithm: Algorithm): string {
  return jwtNames[algorithm] ?? 'none'
}

const jwtNames: Partial<Record<Algorithm, string>> = {
  'hmac-sha256': 'HS256',
  'hmac-sha384': 'HS384',
  'hmac-sha512': 'HS512',
  'ecdsa-p256-sha256': 'ES256',
  'rsa-sha256': 'RS256',
  'rsa-pss-sha256': 'PS256',
  ed25519: 'EdDSA',
}

/** What the token says wrongly before its signature is looked at; `null`: nothing. */
export function tokenProblem(scheme: Scheme, token: Token): Reason | null {
  const wanted = jwtAlgorithm(scheme.algorithm)
  const { alg, crit } = token.header
  if (crit !== undefined) {
    // RFC 7515, section 4.1.11: a recipient refuses extensions that it does not understand.
    const sentence = `The token wants extensions to be understood (\`crit\`: ${shown(crit)}) that ${scheme.name} does not document.`
    return { code: 'jwt-critical', sentence }
  }
  if (alg === wanted) return null
  const sentence = `The token says its algorithm is ${shown(alg)}; ${scheme.name} signs with ${wanted}.`
  return { code: 'jwt-algorithm', sentence }
}

/** Times are numbers (RFC 7519, section 2, NumericDate); `null`: all that are there are. */
export function unreadableTime({ claims }: Token): Reason | null {
  const name = ['exp', 'nbf', 'iat'].find(
    (each) => claims[each] !== undefined && typeof claims[each] !== 'number',
  )
  if (name === undefined) return null
  const sentence = `The token’s \`${name}\` is ${shown(claims[name])}, which is not a number.`
  return { code: 'timestamp-unreadable', sentence }
}

/** What else the claims must say, once the signature is right. */
export interface ClaimFacts {
  form: JwtForm
  issuer: string | null
  url: string
  /** SHA-256 of the body. */
  bodySha256: Buffer
}

/** The first claim that is not as it must be, other than times; `null`: all are. */
export function claimProblem(token: Token, facts: ClaimFacts): Reason | null {
  const { form, url, bodySha256 } = facts
  const { claims } = token
  if (facts.issuer !== null && claims.iss !== facts.issuer) {
    const sentence = `The token’s issuer is ${shown(claims.iss)}, not “${facts.issuer}”.`
    return { code: 'jwt-issuer', sentence }
  }
  if (form.subjectIsUrl && claims.sub !== url) {
    const sentence = `The token is for the URL ${shown(claims.sub)}; this request came to ${url}.`
    return { code: 'jwt-subject', sentence }
  }
  if (form.body) {
    const { claim, encoding } = form.body
    const expected = bodySha256.toString(encoding)
    const said = claims[claim]
    const bare = typeof said === 'string' && encoding !== 'hex' ? said.replace(/=+$/, '') : said
    if (bare !== expected.replace(/=+$/, '')) {
      const sentence = `The token’s \`${claim}\` is ${shown(said)}; the SHA-256 of this body is ${expected}.`
      return { code: 'body-hash', sentence }
    }
  }
  if (form.urlHashClaim) {
    const expected = createHash('sha256').update(url).digest('hex')
    if (claims[form.urlHashClaim] !== expected) {
      const sentence = `The token’s \`${form.urlHashClaim}\` is not the SHA-256 of ${url}.`
      return { code: 'jwt-url-hash', sentence }
    }
  }
  return null
}

/**
 * Whether `exp` and `nbf` (RFC 7519, 4.1.4 and 4.1.5) hold at a moment, with the slack given; a side
 * of the slack that is `null` has no limit.
 */
export function judgeTokenTimes(
  token: Token,
  slack: Tolerance | null,
  atMs: number,
): 'inside' | 'too-old' | 'too-new' {
  const { exp, nbf } = token.claims
  const now = Math.floor(atMs / 1000)
  const { pastSeconds, futureSeconds } = slack ?? { pastSeconds: 0, futureSeconds: 0 }
  if (typeof exp === 'number' && pastSeconds !== null && now - pastSeconds >= exp) return 'too-old'
  if (typeof nbf === 'number' && futureSeconds !== null && now + futureSeconds < nbf)
    return 'too-new'
  return 'inside'
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent'
  // Not written out: what a sender nests deep enough would overflow the stack.
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `“${text.slice(0, 80)}”`
}
