import type { RawHeader } from '#contract/http.ts'

const always = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'upgrade',
])

/**
 * Leaves out what belongs to one connection only (RFC 9110 §7.6.1): the headers above and those that
 * Connection names. Framing (Transfer-Encoding, Trailer, Content-Length) is not decided here.
 */
export function withoutHopByHop(rawHeaders: readonly RawHeader[]): RawHeader[] {
  const named = rawHeaders
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((option) => option.trim().toLowerCase())
    .filter((option) => !endToEnd.has(option))
  const dropped = new Set([...always, ...named])
  return rawHeaders.filter(([name]) => !dropped.has(name.toLowerCase()))
}

/** Naming these in Connection is a known attack on what follows (RFC 9110 §7.6.1 forbids it). */
const endToEnd = new Set(['host', 'content-length', 'transfer-encoding', 'trailer'])
