import type { SchemeInfo } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'

/**
 * Whether a header holds a credential: what the scheme compares with the secret, or a password or
 * token in `Authorization` (RFC 9110, section 11) that is no signature of the scheme.
 */
export function isCredentialHeader(
  [name, value]: RawHeader,
  scheme: Pick<SchemeInfo, 'secretKind' | 'signaturePlace'> | undefined,
): boolean {
  const header = name.toLowerCase()
  const isSignature = scheme?.signaturePlace.toLowerCase() === header
  if (isSignature) return scheme?.secretKind === 'credential'
  return /^(?:proxy-)?authorization$/.test(header) && /^(?:basic|bearer)\s/i.test(value)
}
