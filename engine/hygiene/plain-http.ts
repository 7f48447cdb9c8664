import { isIP } from 'node:net'
import type { Delivery } from '#contract/delivery.ts'

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3, also as IPv4 mapped into IPv6. */
function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

/**
 * One sentence about a delivery that came over plain http from beyond this machine, unless a proxy
 * that is believed says that the sender used https; else `null`. A tunnel's client connects from
 * this machine and is no such case.
 */
export function plainHttpRemark(
  delivery: Pick<Delivery, 'remoteAddress' | 'cameThrough'>,
): string | null {
  const { remoteAddress, cameThrough } = delivery
  if (isIP(remoteAddress) === 0 || isLoopback(remoteAddress)) return null
  if (cameThrough?.base.startsWith('https:')) return null
  return (
    `This came from ${remoteAddress} over plain http: whoever stands between could read it and ` +
    'its secret headers. Let senders use https, with a tunnel or a proxy in front.'
  )
}
