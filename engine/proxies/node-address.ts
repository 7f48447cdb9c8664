import { isIP } from 'node:net'

/**
 * The address of a node as proxies write it: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`,
 * `[2001:db8::1]:80` (RFC 7239 §6; X-Forwarded-For leaves the brackets out). `null`: it is none, such
 * as `unknown` or an obfuscated `_gazonk`. IPv4 inside IPv6 is given as IPv4.
 */
export function nodeAddress(text: string): string | null {
  const node = text.trim()
  const bracketed = /^\[([0-9a-f:.]+)\](?::[\w.-]{1,16})?$/i.exec(node)?.[1]
  const withPort = /^([\d.]+):[\w.-]{1,16}$/.exec(node)?.[1]
  const address = plainAddress(bracketed ?? withPort ?? node)
  return isIP(address) === 0 ? null : address
}

/** RFC 4291 §2.5.5.2: an IPv4 address that a socket for both tells as IPv6. */
export function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopbackAddress(address: string): boolean {
  const plain = plainAddress(address)
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}
