import type { LookupFunction } from 'node:net'
import { parseUrl } from '#engine/interchange/parse-url.ts'

/**
 * The host of a URL where it is not this computer, as it is asked for and remembered: lower case,
 * without port, brackets and final dot. `null`: it is loopback, or no URL at all.
 *
 * Nothing is looked up: a name counts as loopback only when no lookup is needed to know (RFC 6761
 * §6.3). The URL is read by the very parser that connecting uses, so that what is judged here is
 * where it goes, however the address is spelt.
 */
export function remoteHost(url: string): string | null {
  const hostname = parseUrl(url)?.hostname
  if (hostname === undefined || hostname === '') return null
  return isLoopback(hostname) ? null : plainHost(hostname)
}

/** @param hostname as `URL` gives it: addresses in their one canonical spelling */
export function isLoopback(hostname: string): boolean {
  const host = plainHost(hostname)
  if (isLocalhostName(host)) return true
  if (/^127\.\d+\.\d+\.\d+$/.test(host)) return true
  // An IPv4-mapped address (RFC 4291 §2.5.5.2) connects to that IPv4 address.
  return host === '::1' || /^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(host)
}

/** `localhost` and every name below it. */
export function isLocalhostName(host: string): boolean {
  return /^(?:[^.]+\.)*localhost$/.test(host)
}

/** Such as `app.localhost`, or `localhost.`: no hosts file has it, and no name server is asked. */
export function isBelowLocalhost(hostname: string): boolean {
  return hostname !== 'localhost' && isLocalhostName(plainHost(hostname))
}

/** What net.connect looks names below localhost up with (RFC 6761 §6.3). */
export const loopbackLookup: LookupFunction = (_hostname, options, callback) => {
  const all = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  setImmediate(() => {
    if (options.all) callback(null, all)
    else callback(null, '127.0.0.1', 4)
  })
}

/** The host that a person means, in the spelling of {@link remoteHost}; `null`: that is no host. */
export function readHost(text: string): string | null {
  const bare = text.trim()
  if (bare === '' || /[\s/?#@\\]/.test(bare)) return null
  // A colon stands in an IPv6 address only: what has a port besides is no host.
  const bracketed = bare.startsWith('[') && bare.endsWith(']')
  const url = parseUrl(`http://${bare.includes(':') && !bracketed ? `[${bare}]` : bare}/`)
  return url && plainHost(url.hostname)
}

/** A final dot only says that no search domain is to be tried. */
function plainHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
