import type { IncomingMessage } from 'node:http'
import type { Access } from './access.ts'
import { isStranger } from './peer-user.ts'

/** What the guard says about a request before anything else looks at it. */
export type Decision =
  | { kind: 'pass' }
  | { kind: 'signed-in'; session: string }
  | { kind: 'refuse'; status: 400 | 401 | 403; sentence: string }

export interface Guard {
  cookieName: string
  judge(request: IncomingMessage, door: 'http' | 'websocket'): Decision
}

const NO_LINK =
  'This page opens only through the link that Countersign printed, once and for an hour. Run the command again for a new link.'

/**
 * Stands in front of every request and every WebSocket upgrade. A page elsewhere on the web can
 * make this browser send requests here: DNS rebinding shows in `Host`, other sites show in `Origin`
 * and `Sec-Fetch-Site` (W3C Fetch Metadata), and neither has the cookie. A program of another user
 * is refused whatever it has.
 *
 * @param origins - our own, such as `http://127.0.0.1:4200`
 */
export function createGuard(access: Access, origins: readonly string[], port: number): Guard {
  const hosts = origins.map((origin) => new URL(origin).host)
  // Browsers send cookies to every port of a host: the name tells two servers apart.
  const cookieName = `countersign-${port}`
  const judge: Guard['judge'] = (request, door) => {
    const wrong =
      wrongUser(request) ??
      wrongTarget(request) ??
      wrongHost(request, hosts) ??
      wrongOrigin(request, origins) ??
      wrongSite(request)
    if (wrong !== null) return wrong
    const signedIn = door === 'http' ? signIn(request, access) : null
    if (signedIn !== null) return signedIn
    if (hasApiToken(request, access)) return { kind: 'pass' }
    const known = cookies(request, cookieName).some((value) => access.isSession(value))
    if (!known) return refuse(401, NO_LINK)
    // A browser always names the origin of a WebSocket; a cookie without one is not a browser's.
    if (door === 'websocket' && request.headers.origin === undefined) {
      return refuse(403, 'A WebSocket needs an Origin.')
    }
    return { kind: 'pass' }
  }
  return { cookieName, judge }
}

function refuse(status: 400 | 401 | 403, sentence: string): Decision {
  return { kind: 'refuse', status, sentence }
}

/** A connection stays with whom it began with. */
const known = new WeakMap<object, boolean>()

function wrongUser({ socket }: IncomingMessage): Decision | null {
  const strange = known.get(socket) ?? isStranger(socket)
  known.set(socket, strange)
  return strange ? refuse(403, 'This server belongs to another user of this machine.') : null
}

/** Only the origin form of RFC 9112, section 3.2.1; `http://elsewhere/` and `//elsewhere` are not ours. */
function wrongTarget(request: IncomingMessage): Decision | null {
  const target = request.url ?? ''
  return target.startsWith('/') && !target.startsWith('//')
    ? null
    : refuse(400, 'The request target is not a path.')
}

function wrongHost(request: IncomingMessage, hosts: readonly string[]): Decision | null {
  const given = valuesOf(request, 'host')
  const [host] = given
  return given.length === 1 && host !== undefined && hosts.includes(host.toLowerCase())
    ? null
    : refuse(403, 'This server answers only under its own loopback name.')
}

function wrongOrigin(request: IncomingMessage, origins: readonly string[]): Decision | null {
  const given = valuesOf(request, 'origin')
  return given.every((origin) => origins.includes(origin))
    ? null
    : refuse(403, 'Other sites cannot call this server.')
}

function wrongSite(request: IncomingMessage): Decision | null {
  const sites = valuesOf(request, 'sec-fetch-site')
  const mode = request.headers['sec-fetch-mode']
  const fine = sites.every(
    (site) => site === 'same-origin' || (site === 'none' && mode === 'navigate'),
  )
  return fine ? null : refuse(403, 'Other sites cannot call this server.')
}

/** `GET /?token=…`, the one request that needs no cookie. Looking ahead does not use the token up. */
function signIn(request: IncomingMessage, access: Access): Decision | null {
  const [path, query] = splitTarget(request.url ?? '')
  const token = new URLSearchParams(query).get('token')
  if (path !== '/' || token === null) return null
  if (request.method !== 'GET' || isPrefetch(request)) return refuse(401, NO_LINK)
  // Browsers name site and mode; Node's own fetch names a mode alone.
  const byBrowser = valuesOf(request, 'sec-fetch-site').length > 0
  if (byBrowser && request.headers['sec-fetch-mode'] !== 'navigate') {
    return refuse(403, 'The link is for opening.')
  }
  const session = access.redeem(token)
  return session === null ? refuse(401, NO_LINK) : { kind: 'signed-in', session }
}

function isPrefetch(request: IncomingMessage): boolean {
  return valuesOf(request, 'sec-purpose').length > 0 || valuesOf(request, 'purpose').length > 0
}

function hasApiToken(request: IncomingMessage, access: Access): boolean {
  const match = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(request.headers.authorization ?? '')
  return match?.[1] !== undefined && access.isApiToken(match[1])
}

function cookies(request: IncomingMessage, name: string): string[] {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}

/** Every value of a header, repeats included: `headers` hides those. */
function valuesOf(request: IncomingMessage, name: string): string[] {
  const raw = request.rawHeaders
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name)
}

/** The path, not decoded, and the query. */
export function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?')
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)]
}
