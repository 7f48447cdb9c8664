import type { RawHeader } from '#contract/http.ts'
import { isChunked, writeChunked } from './chunked.ts'

/**
 * Writes a request as an HTTP/1.x message (RFC 9112): header order, case and repeats as given, body
 * bytes as given. The inverse of `parseRawHttp`. With `Transfer-Encoding: chunked` the body becomes
 * one chunk, followed by the trailers; how it was chunked before is not known.
 */
export function writeRawHttp(request: {
  method: string
  target: string
  httpVersion: string
  /** Latin-1 strings. */
  rawHeaders: readonly RawHeader[]
  rawTrailers?: readonly RawHeader[]
  body: Uint8Array
}): Uint8Array {
  const lines = [
    `${request.method} ${request.target} HTTP/${request.httpVersion}`,
    ...request.rawHeaders.map(([name, value]) => `${name}: ${value}`),
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  const body = isChunked(request.rawHeaders)
    ? writeChunked(request.body, request.rawTrailers ?? [])
    : request.body
  return Buffer.concat([head, body])
}
