import { isIP } from 'node:net'
import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3, also as IPv4 mapped into IPv6. */
function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

function header(rawHeaders: readonly RawHeader[], name: string): string | null {
  return rawHeaders.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/** What a proxy in front says of the sender's own connection: the first value is the outermost. */
function forwardedProto(rawHeaders: readonly RawHeader[]): string | null {
  const given = header(rawHeaders, 'x-forwarded-proto')?.split(',', 1)[0]?.trim()
  if (given) return given.toLowerCase()
  // RFC 7239, section 5.4.
  const forwarded = header(rawHeaders, 'forwarded')?.split(',', 1)[0] ?? ''
  return /(?:^|;)\s*proto="?(https?)"?\s*(?:;|$)/i.exec(forwarded)?.[1]?.toLowerCase() ?? null
}

/**
 * One sentence about a delivery that came over plain http from beyond this machine (our listener
 * speaks nothing else), unless a proxy says that the sender used https; else `null`. A tunnel's
 * client connects from this machine and is no such case.
 */
export function plainHttpRemark(
  delivery: Pick<Delivery, 'remoteAddress' | 'rawHeaders'>,
): string | null {
  const { remoteAddress, rawHeaders } = delivery
  if (isIP(remoteAddress) === 0 || isLoopback(remoteAddress)) return null
  if (forwardedProto(rawHeaders) === 'https') return null
  return (
    `This came from ${remoteAddress} over plain http: whoever stands between could read it and ` +
    'its secret headers. Let senders use https, with a tunnel or a proxy in front.'
  )
}
