import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Answer } from './types.ts'

/** RFC 9113 §8.2.2: these belong to a connection of HTTP/1 and make a message of HTTP/2 malformed. */
const OF_A_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/**
 * Writes an answer on its stream: names in lower case, without what belongs to a connection of
 * HTTP/1. Throws when status or headers are not valid HTTP; nothing is sent then.
 */
export function writeHttp2Answer(stream: ServerHttp2Stream, answer: Answer, isHead: boolean): void {
  const { status, body } = answer
  if (status < 200 || status > 599) throw new RangeError(`${status} is not a final status.`)
  const headers = http2Headers(answer)
  const bodiless = isHead || body.length === 0 || status === 204 || status === 205 || status === 304
  stream.respond(headers, { endStream: bodiless })
  if (!bodiless) stream.end(body)
}

function http2Headers({ status, rawHeaders, body }: Answer): OutgoingHttpHeaders {
  const values = new Map<string, string[]>()
  for (const [given, value] of rawHeaders) {
    validateHeaderName(given)
    validateHeaderValue(given, value)
    const name = given.toLowerCase()
    if (OF_A_CONNECTION.has(name)) continue
    const earlier = values.get(name)
    if (earlier) earlier.push(value)
    else values.set(name, [value])
  }
  if (!values.has('content-length') && status !== 204 && status !== 304) {
    values.set('content-length', [`${body.length}`])
  }
  const entries = [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all])
  return { ':status': status, ...Object.fromEntries(entries) }
}
