import type { RawHeader } from '#contract/http.ts'
import { readHeaderLine, readLine } from './head-lines.ts'

/**
 * Undoes the chunked transfer coding (RFC 9112 §7.1). `null` when the bytes are not a whole chunked
 * body, so that a body which a tool has already decoded stays as it is.
 */
export function readChunked(
  bytes: Uint8Array,
): { body: Uint8Array; rawTrailers: RawHeader[]; end: number } | null {
  const chunks: Uint8Array[] = []
  let at = 0
  for (;;) {
    const sizeLine = readLine(bytes, at, 0)
    const size = readSize(sizeLine.text)
    if (size === null || sizeLine.end === at) return null
    at = sizeLine.end
    if (size === 0) break
    if (at + size > bytes.length) return null
    chunks.push(bytes.subarray(at, at + size))
    const lineEnd = readLine(bytes, at + size, 0)
    if (lineEnd.text !== '' || lineEnd.end === at + size) return null
    at = lineEnd.end
  }
  const trailers = readTrailers(bytes, at)
  return trailers && { body: Buffer.concat(chunks), ...trailers }
}

/** chunk-size is hex; what follows a semicolon are extensions, which mean nothing here. */
function readSize(line: string): number | null {
  const match = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)
  return match?.[1] === undefined ? null : Number.parseInt(match[1], 16)
}

function readTrailers(
  bytes: Uint8Array,
  start: number,
): { rawTrailers: RawHeader[]; end: number } | null {
  const rawTrailers: RawHeader[] = []
  let at = start
  while (at < bytes.length) {
    const line = readLine(bytes, at, 0)
    at = line.end
    if (line.text === '') break
    const read = readHeaderLine(line)
    if (read.kind !== 'header') return null
    rawTrailers.push(read.header)
  }
  return { rawTrailers, end: at }
}

/** The whole body as one chunk, with its trailers; the inverse of {@link readChunked}. */
export function writeChunked(body: Uint8Array, rawTrailers: readonly RawHeader[]): Uint8Array {
  const trailerLines = rawTrailers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const last = Buffer.from(`0\r\n${trailerLines}\r\n`, 'latin1')
  if (body.length === 0) return last
  const size = Buffer.from(`${body.length.toString(16)}\r\n`, 'latin1')
  return Buffer.concat([size, body, Buffer.from('\r\n'), last])
}

/** Whether chunked is the final transfer coding (RFC 9112 §6.3). */
export function isChunked(rawHeaders: readonly RawHeader[]): boolean {
  const codings = rawHeaders
    .filter(([name]) => name.toLowerCase() === 'transfer-encoding')
    .flatMap(([, value]) => value.split(','))
  return codings.at(-1)?.trim().toLowerCase() === 'chunked'
}
