import type { RawHeader } from './http.ts'

/** What stands for a credential where it is not shown. */
export const MASK = '••••••••'

/** They let their bearer in, whatever scheme is checked. */
const HEADERS = new Set([
  ...['cookie', 'set-cookie', 'authentication-info', 'x-api-key', 'api-key', 'apikey'],
  ...['x-auth-token', 'x-access-token', 'x-amz-security-token', 'x-goog-iap-jwt-assertion'],
  ...['x-csrf-token', 'x-xsrf-token', 'x-vault-token', 'x-webhook-token', 'x-webhook-secret'],
])
const AUTHORIZATION = /^(?:proxy-)?authorization$/
/** RFC 9110 (11.1): the scheme, then what it carries. A digest or a signature is no secret. */
const BEARER = /^(?:basic|bearer|token|apikey|key|negotiate|ntlm|splunk)(?:\s|=|$)/i
/** One word without a scheme is a token as it is. */
const ONE_WORD = /^[^\s,=]+=*$/

/** Names of query parameters; a handshake's answer and a page's cursor are none. */
const PARAMETER =
  /^(?:token|key|auth|jwt|pass|pwd|secret|code|(?:.*[._-])?(?:access|api|auth|bearer|client|refresh|session|verify|webhook|hook|id)[._-]?(?:token|key|secret)|.*(?:password|passwd|passcode|passphrase))$/i

export interface CredentialScheme {
  secretKind: 'shared-secret' | 'public-key' | 'credential'
  /** The header, parameter or place in the body that the signature stands in. */
  signaturePlace: string
}

/**
 * Whether a header holds a credential: what the scheme compares with the secret, or a password,
 * token or cookie (RFC 9110, section 11; RFC 6265) that is no signature of the scheme.
 */
export function isCredentialHeader(
  [name, value]: RawHeader,
  scheme: CredentialScheme | null | undefined,
): boolean {
  const header = name.toLowerCase()
  if (scheme?.signaturePlace.toLowerCase() === header) return scheme.secretKind === 'credential'
  if (HEADERS.has(header)) return value !== ''
  return AUTHORIZATION.test(header) && (BEARER.test(value) || ONE_WORD.test(value))
}

/** The pieces of a request target, in order; joined they are the target. */
export function targetPieces(
  target: string,
  scheme?: CredentialScheme | null,
): { text: string; credential: boolean }[] {
  const at = target.indexOf('?')
  if (at === -1) return [{ text: target, credential: false }]
  const pieces = [{ text: target.slice(0, at + 1), credential: false }]
  target
    .slice(at + 1)
    .split('&')
    .forEach((pair, index) => {
      const equals = pair.indexOf('=')
      const name = parameterName(equals === -1 ? pair : pair.slice(0, equals))
      const before = `${index === 0 ? '' : '&'}${equals === -1 ? pair : pair.slice(0, equals + 1)}`
      pieces.push({ text: before, credential: false })
      if (equals === -1 || equals === pair.length - 1) return
      pieces.push({ text: pair.slice(equals + 1), credential: isParameter(name, scheme) })
    })
  return pieces
}

function isParameter(name: string, scheme: CredentialScheme | null | undefined): boolean {
  if (scheme?.signaturePlace === name) return scheme.secretKind === 'credential'
  return PARAMETER.test(name)
}

function parameterName(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // Broken escapes: the name as it stands.
    return text
  }
}

export function hasCredentialTarget(target: string, scheme?: CredentialScheme | null): boolean {
  return targetPieces(target, scheme).some(({ credential }) => credential)
}

/** The target with a mask in place of each credential. */
export function maskedTarget(
  target: string,
  scheme?: CredentialScheme | null,
  mask = MASK,
): string {
  return targetPieces(target, scheme)
    .map(({ text, credential }) => (credential ? mask : text))
    .join('')
}

/** The headers with a mask in place of each credential. */
export function maskedHeaders(
  rawHeaders: readonly RawHeader[],
  scheme?: CredentialScheme | null,
  mask = MASK,
): RawHeader[] {
  return rawHeaders.map((header) =>
    isCredentialHeader(header, scheme) ? [header[0], mask] : header,
  )
}

/** A stretch of a body that is a credential, in bytes. */
export interface CredentialRange {
  offset: number
  length: number
}

const ASTERISK = 0x2a

/** The bytes from `at` on, with asterisks over the ranges; their number stays the same. */
export function withRangesMasked(
  bytes: Uint8Array,
  at: number,
  ranges: readonly CredentialRange[],
): Uint8Array {
  const hit = ranges.filter(
    ({ offset, length }) => offset < at + bytes.byteLength && offset + length > at,
  )
  if (hit.length === 0) return bytes
  const masked = Uint8Array.from(bytes)
  for (const { offset, length } of hit) {
    masked.fill(ASTERISK, Math.max(0, offset - at), Math.max(0, offset + length - at))
  }
  return masked
}

/**
 * A text with the credential of the scheme masked wherever a member of its name holds a string: for
 * texts that are shown in part, where a parser is of no use. Rather too much than too little.
 */
export function maskedBodyText(
  text: string,
  scheme: CredentialScheme | null | undefined,
  mask = MASK,
): string {
  if (scheme?.secretKind !== 'credential') return text
  const name = scheme.signaturePlace.split('.').at(-1)?.replaceAll('[]', '') ?? ''
  if (!/^[\w$-]+$/.test(name)) return text
  const member = new RegExp(`("${name.replaceAll('$', '\\$')}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, 'g')
  return text.replace(member, (_, before: string) => before + mask)
}
