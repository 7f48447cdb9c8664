import { fieldsOf, type RawHeader } from '#contract/http.ts'
import { isChunked, writeChunked } from './chunked.ts'

/**
 * Writes a request as an HTTP/1.x message (RFC 9112): header order, case and repeats as given, body
 * bytes as given. The inverse of `parseRawHttp`. With `Transfer-Encoding: chunked` the body becomes
 * one chunk, followed by the trailers; how it was chunked before is not known. HTTP/2 has no form as
 * text: its request is written as HTTP/1.1 would say it.
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
    `${request.method} ${request.target} HTTP/${textVersion(request.httpVersion)}`,
    ...fieldsOf(request.rawHeaders).map(([name, value]) => `${name}: ${value}`),
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  const body = isChunked(request.rawHeaders)
    ? writeChunked(request.body, request.rawTrailers ?? [])
    : request.body
  return Buffer.concat([head, body])
}

function textVersion(httpVersion: string): string {
  return /^[23]/.test(httpVersion) ? '1.1' : httpVersion
}
