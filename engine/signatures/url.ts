import { findHeader } from './headers.ts'
import type { RequestHead, Settings } from './types.ts'

/**
 * The URL that the sender called, as far as this request tells: the setting `publicUrl` (its path
 * counts unless it is bare), else how it came here, where that was kept, else what a proxy says
 * (X-Forwarded-Proto, X-Forwarded-Host), unless it came from another machine, else the Host header
 * (of HTTP/2 `:authority` and `:scheme`). An absolute request target (RFC 9112, 3.2.2) says it itself.
 */
export function publicUrl(head: RequestHead, settings: Settings | undefined): string {
  const { target } = head
  const registered = settings?.publicUrl?.trim()
  if (registered) return withTarget(registered, target)
  if (/^https?:\/\//i.test(target)) return target
  if (head.cameThrough) return head.cameThrough.base + target
  const first = (name: string) =>
    findHeader(head.rawHeaders, name)?.split(',')[0]?.trim() || undefined
  const said = (name: string) => (isFromAfar(head) ? undefined : first(name))
  const spoken = head.secure ? 'https' : 'http'
  const scheme = said('x-forwarded-proto') ?? first(':scheme') ?? spoken
  const host = said('x-forwarded-host') ?? first('host') ?? first(':authority') ?? 'localhost'
  return `${scheme}://${host}${target}`
}

/** Anybody can write such headers; those of programs on this machine are a proxy's or a tunnel's. */
function isFromAfar({ remoteAddress }: RequestHead): boolean {
  if (remoteAddress === undefined || !/[.:]/.test(remoteAddress)) return false
  return !/^(?:(?:::ffff:)?127\.|::1$)/i.test(remoteAddress)
}

/**
 * The registered URL, with the path of the request where it names none. The query is the request's:
 * it was called with that, and providers add to it (Twilio's `bodySHA256`); without one the
 * registered.
 */
function withTarget(registered: string, target: string): string {
  const bare = /^[a-z]+:\/\/[^/?#]*\/?$/i.test(registered)
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  if (bare) return registered.replace(/\/$/, '') + (path.startsWith('/') ? path : `/${path}`)
  const at = path.indexOf('?')
  if (at === -1) return registered
  const queryAt = registered.search(/[?#]/)
  return (queryAt === -1 ? registered : registered.slice(0, queryAt)) + path.slice(at)
}

/** The path of a request target without its query. */
export function pathAndQuery(target: string): { path: string; query: string } {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, '')
  const at = relative.indexOf('?')
  return at === -1
    ? { path: relative, query: '' }
    : { path: relative.slice(0, at), query: relative.slice(at + 1) }
}
