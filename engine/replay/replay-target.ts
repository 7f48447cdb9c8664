import { parseUrl } from '#engine/interchange/parse-url.ts'

/**
 * Where a replay goes and what stands in its request line.
 *
 * - `http://localhost:3000` or `http://localhost:3000/` only names a server: the captured path and
 *   query stay, so that the request line is the captured one.
 * - `http://localhost:3000/api/novu` names the handler: that path is used as written. The captured
 *   query goes along (it can carry meaning, such as Novu's `?action=execute`), unless the URL has a
 *   query of its own; a bare `?` at the end means "no query" (and `/?` the root itself).
 *
 * Tools that take a whole URL (Stripe CLI's `--forward-to`) and tools that take a port (ngrok,
 * Hookdeck CLI) both behave as their users expect that way.
 *
 * @param captured the request target as captured: origin form, or absolute form, authority form or `*`
 */
export function replayTarget(
  url: string,
  captured: string,
): { target: string; host: string } | { problem: string } {
  const parsed = parseUrl(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    return { problem: 'The target is an http:// or https:// URL.' }
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return { problem: 'The target URL holds a user name or password; leave them out.' }
  }
  const hasQuery = url.replace(/#.*$/s, '').includes('?')
  const host = parsed.host
  if (parsed.pathname === '/' && !hasQuery) return { target: originForm(captured), host }
  if (hasQuery) return { target: parsed.pathname + parsed.search, host }
  return { target: parsed.pathname + queryOf(captured), host }
}

/** A proxy's absolute form would name the old host (RFC 9112 §3.2.2). */
function originForm(captured: string): string {
  const path = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*(.*)$/s.exec(captured)?.[1]
  if (path === undefined) return captured === '' ? '/' : captured
  return path.startsWith('/') ? path : `/${path}`
}

function queryOf(captured: string): string {
  const start = captured.indexOf('?')
  return start === -1 ? '' : captured.slice(start)
}
