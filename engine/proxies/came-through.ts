import type { RawHeader } from '#contract/http.ts'
import type { CameThrough } from '#contract/tunnel.ts'
import type { IsProxy } from './named-proxies.ts'
import { hasProxyHeaders, type Said, saidByProxies } from './said-by-proxies.ts'

/** What is known here of where senders post to. */
export interface Outside {
  isProxy: IsProxy
  /** The base of an open tunnel's URL, without the path token; `null`: none is open. */
  tunnel: string | null
  /** The base of the public URL that the settings name. */
  setting: string | null
}

export interface Arrived {
  remoteAddress: string
  rawHeaders: readonly RawHeader[]
  /** It came over TLS to the listener itself. */
  secure?: boolean
  /** What stood before its target: the path token with its slash. */
  prefix?: string
}

/**
 * How a request came here. `null`: straight, and its Host header over plain HTTP says all.
 *
 * Who is neither on this machine nor a named proxy changes nothing by any header. A host that is
 * known to lead here counts before what headers say, so that a sender cannot claim another one
 * through a tunnel that lets its headers pass.
 * @param own our own replay: it goes to the listener's own address
 */
export function cameThrough(head: Arrived, outside: Outside, own: boolean): CameThrough | null {
  const { secure = false, prefix = '', rawHeaders } = head
  const headers = hasProxyHeaders(rawHeaders)
  const known = outside.tunnel !== null || outside.setting !== null
  if (!headers && !known && !secure && prefix === '') return null
  const here = `${secure ? 'https' : 'http'}://${authorityOf(rawHeaders)}`
  const listener = { base: here + prefix, by: 'listener', address: null } as const
  if (!outside.isProxy(head.remoteAddress)) {
    if (!headers && !secure && prefix === '') return null
    return { ...listener, ignored: headers ? 'not-named' : null }
  }
  const host = authorityOf(rawHeaders)
  const lead = leadsHere(outside, host)
  if (headers && lead === null && isWebPage(rawHeaders)) {
    return { ...listener, ignored: 'web-page' }
  }
  const { contradictory, ...said } = saidByProxies(rawHeaders, outside.isProxy)
  const way = lead ?? wayOf(said, outside, { host, secure, own })
  const { address } = said
  const ignored = contradictory ? 'contradictory' : null
  if (way !== null) return { ...way, base: way.base + prefix, address, ignored }
  if (address === null && !headers && !secure && prefix === '') return null
  return { ...listener, by: address === null ? 'listener' : 'proxy', address, ignored }
}

type Way = Pick<CameThrough, 'base' | 'by'>

function wayOf(
  said: Said,
  outside: Outside,
  { host, secure, own }: { host: string; secure: boolean; own: boolean },
): Way | null {
  const lead = said.host === null ? null : leadsHere(outside, said.host)
  if (lead) return lead
  if (said.host !== null || said.proto !== null) {
    const proto = said.proto ?? (secure ? 'https' : 'http')
    return { base: `${proto}://${said.host ?? host}`, by: 'proxy' }
  }
  if (outside.setting === null || own) return null
  return { base: withoutSlash(outside.setting), by: 'public-url' }
}

/** The tunnel or the public URL that has this host. */
function leadsHere({ tunnel, setting }: Outside, host: string): Way | null {
  if (tunnel !== null && hasHost(tunnel, host)) return { base: withoutSlash(tunnel), by: 'tunnel' }
  if (setting === null || !hasHost(setting, host)) return null
  return { base: withoutSlash(setting), by: 'public-url' }
}

function hasHost(url: string, host: string): boolean {
  const authority = /^(https?):\/\/([^/]+)/i.exec(url)
  if (authority === null) return false
  const [, scheme = '', own = ''] = authority
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  const bare = (text: string) => {
    const lower = text.toLowerCase()
    return lower.endsWith(port) ? lower.slice(0, -port.length) : lower
  }
  return bare(own) === bare(host)
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '')

function authorityOf(rawHeaders: readonly RawHeader[]): string {
  let authority = ''
  for (const [name, value] of rawHeaders) {
    if (name.length === 4 && name.toLowerCase() === 'host') return value
    if (name === ':authority') authority = value
  }
  return authority === '' ? 'localhost' : authority
}

/**
 * Browsers say so themselves, and no script can take it away (Fetch Metadata, Sec-Fetch-Site): a
 * page that posts to this machine is no proxy. One that comes through the tunnel names its host.
 */
function isWebPage(rawHeaders: readonly RawHeader[]): boolean {
  return rawHeaders.some(([name]) => name.length === 14 && name.toLowerCase() === 'sec-fetch-site')
}
