import { findHeader } from './headers.ts'
import type { RequestHead, Settings } from './types.ts'

/**
 * The URL that the sender called, as far as this request tells: the setting `publicUrl` (its path
 * counts unless it is bare), else what a proxy says (X-Forwarded-Proto, X-Forwarded-Host), else the
 * Host header over plain http (of HTTP/2 `:authority` and `:scheme`). An absolute request target (RFC 9112, 3.2.2) says it itself.
 */
export function publicUrl(head: RequestHead, settings: Settings | undefined): string {
  const { target } = head
  const registered = settings?.publicUrl?.trim()
  if (registered) return withTarget(registered, target)
  if (/^https?:\/\//i.test(target)) return target
  const first = (name: string) =>
    findHeader(head.rawHeaders, name)?.split(',')[0]?.trim() || undefined
  const scheme = first('x-forwarded-proto') ?? first(':scheme') ?? 'http'
  const host = first('x-forwarded-host') ?? first('host') ?? first(':authority') ?? 'localhost'
  return `${scheme}://${host}${target}`
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
