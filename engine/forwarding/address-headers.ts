import type { ForwardTarget } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import { appended } from './loops.ts'

/** Where a delivery came from and what it was sent to. */
export interface CameFrom {
  remoteAddress: string
  /** The Host it was sent to; `null`: it named none. */
  host: string | null
  proto: 'http' | 'https'
}

/** Adds what a target asked for, behind what earlier proxies said. */
export function withAddressHeaders(
  rawHeaders: readonly RawHeader[],
  wanted: ForwardTarget['addressHeaders'],
  from: CameFrom,
): RawHeader[] {
  let headers = [...rawHeaders]
  if (wanted === 'forwarded' || wanted === 'both') {
    headers = appended(headers, 'Forwarded', forwardedElement(from))
  }
  if (wanted === 'x-forwarded' || wanted === 'both') {
    headers = appended(headers, 'X-Forwarded-For', plainAddress(from.remoteAddress))
    headers = appended(headers, 'X-Forwarded-Proto', from.proto)
    if (from.host !== null) headers = appended(headers, 'X-Forwarded-Host', from.host)
  }
  return headers
}

/** RFC 7239 §4; an IPv6 address is bracketed and quoted (§6). */
export function forwardedElement({ remoteAddress, host, proto }: CameFrom): string {
  const address = plainAddress(remoteAddress)
  const pairs = [`for=${value(address.includes(':') ? `[${address}]` : address)}`]
  if (host !== null) pairs.push(`host=${value(host)}`)
  pairs.push(`proto=${proto}`)
  return pairs.join(';')
}

/** A token as it stands, anything else as a quoted string (RFC 9110 §5.6.4). */
function value(text: string): string {
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) return text
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** A dual-stack listener sees IPv4 as ::ffff:127.0.0.1. */
function plainAddress(address: string): string {
  if (address === '') return 'unknown'
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}
