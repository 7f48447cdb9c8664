import { networkInterfaces } from 'node:os'
import type { Status } from '#contract/status.ts'
import { parseUrl } from '#engine/interchange/parse-url.ts'
import { isLoopback } from './loopback.ts'

/**
 * Whether a URL leads into our own listener, told without a lookup: its port, and an address that it
 * listens at. Such requests are marked when they arrive, and its certificate may be one that nobody
 * else trusts.
 */
export function leadsToListener(url: string, listening: Status['listening']): boolean {
  const parsed = parseUrl(url)
  if (!parsed || !listening) return false
  const port = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80))
  if (port !== listening.port) return false
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if (parsed.host === parseUrl(listening.url)?.host || host === listening.host) return true
  if (isLoopback(listening.host)) return isLoopback(host)
  const everywhere = listening.host === '0.0.0.0' || listening.host === '::'
  return everywhere && (isLoopback(host) || isOwnAddress(host))
}

function isOwnAddress(host: string): boolean {
  return Object.values(networkInterfaces()).some((group) =>
    group?.some(({ address }) => address === host),
  )
}
