import type { Match } from './match.ts'
import { tokenPreview } from './match.ts'

/** A JWS or JWE in compact form (RFC 7515 section 7.1, RFC 7516 section 7.1): its header is an object. */
const CANDIDATE = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?(?![\w-])/g
/** Decoding costs; nobody sends more of them than this. */
const MOST_DECODED = 200

function decodedObject(part: string | undefined): Record<string, unknown> | null {
  if (part === undefined) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    // Most texts of that form are no tokens.
    return null
  }
}

/** `exp` is in seconds (RFC 7519 section 4.1.4). */
function validity(claims: Record<string, unknown>, atMs: number): string {
  const { exp } = claims
  const date = new Date(typeof exp === 'number' ? exp * 1000 : Number.NaN)
  if (Number.isNaN(date.getTime())) return 'without an expiry'
  const text = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return date.getTime() <= atMs ? `expired on ${text}` : `valid until ${text}`
}

function sentence(parts: readonly string[], atMs: number): string | null {
  const header = decodedObject(parts[0])
  const alg = header?.['alg']
  if (typeof alg !== 'string') return null
  const algorithm = /^[\w+-]{1,24}$/.test(alg) ? alg : 'an unknown algorithm'
  if (parts.length === 5) return `An encrypted JSON Web Token (${algorithm}).`
  const claims = decodedObject(parts[1])
  const when = claims === null ? 'its claims cannot be read' : validity(claims, atMs)
  const signed = alg.toLowerCase() === 'none' ? 'that nobody signed' : `signed with ${algorithm}`
  return `A JSON Web Token ${signed}, ${when}.`
}

/** JSON Web Tokens, with what their header and claims say. */
export function findWebTokens(text: string, atMs: number, limit: number): Match[] {
  const found: Match[] = []
  if (!text.includes('eyJ')) return found
  let decoded = 0
  for (const candidate of text.matchAll(CANDIDATE)) {
    if (found.length >= limit || decoded++ >= MOST_DECODED) break
    const whole = candidate[0]
    const said = sentence(whole.split('.'), atMs)
    if (said === null) continue
    const index = candidate.index
    const preview = tokenPreview(whole)
    found.push({ code: 'token', index, end: index + whole.length, sentence: said, preview })
  }
  return found
}
