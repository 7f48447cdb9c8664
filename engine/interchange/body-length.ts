import type { RawHeader } from '#contract/http.ts'
import { isChunked, readChunked } from './chunked.ts'

interface BodyReading {
  body: Uint8Array
  rawTrailers: RawHeader[]
  notices: string[]
}

/**
 * Decides which of the bytes after the blank line are the body (RFC 9112 §6.3, made lenient).
 *
 * - `Transfer-Encoding: chunked` that reads as chunks is decoded; otherwise the bytes stay.
 * - Content-Length counts fewer bytes, and the surplus is one line break at the very end: an editor
 *   put it there, so it is left out. If the surplus begins with another request line, this is a
 *   recording of several requests and Content-Length wins. Any other surplus stays in the body:
 *   somebody has edited the body without counting anew.
 * - Content-Length counts more bytes: the body is what is there.
 * - Without Content-Length everything to the end of the file is the body.
 *
 * Whatever deviates from the plain case is said in a notice.
 */
export function readBody(rawHeaders: readonly RawHeader[], rest: Uint8Array): BodyReading {
  if (isChunked(rawHeaders)) return readChunkedBody(rest)
  const values = rawHeaders
    .filter(([name]) => name.toLowerCase() === 'content-length')
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.trim())
  const announced = values[0]
  if (announced === undefined) return withoutLength(rest)
  if (!/^\d{1,15}$/.test(announced) || values.some((value) => value !== announced)) {
    return whole(rest, [
      'Content-Length is not one number; everything after the blank line is taken as the body.',
    ])
  }
  return withLength(rest, Number(announced))
}

function readChunkedBody(rest: Uint8Array): BodyReading {
  const decoded = readChunked(rest)
  if (!decoded) {
    return whole(rest, [
      'The headers say chunked, but the body does not read as chunks; its bytes are taken as they are.',
    ])
  }
  const notices = ['The body was chunked; its chunks are joined.']
  const surplus = rest.length - decoded.end
  if (surplus > 0) notices.push(`${bytesText(surplus)} after the last chunk are left out.`)
  return { body: decoded.body, rawTrailers: decoded.rawTrailers, notices }
}

function withoutLength(rest: Uint8Array): BodyReading {
  return whole(
    rest,
    rest.at(-1) === 10
      ? [
          'The body ends with a line break, which counts as part of it (there is no Content-Length).',
        ]
      : [],
  )
}

function withLength(rest: Uint8Array, announced: number): BodyReading {
  if (rest.length === announced) return whole(rest, [])
  if (rest.length < announced) return whole(rest, [shortNotice(rest, announced)])
  const surplus = rest.subarray(announced)
  if (isLineBreak(surplus)) {
    return whole(rest.subarray(0, announced), [
      'A line break after the body is left out: Content-Length does not count it.',
    ])
  }
  if (startsWithRequestLine(surplus)) {
    return whole(rest.subarray(0, announced), [
      `Another request follows the body and is left out (${bytesText(surplus.length)}).`,
    ])
  }
  return whole(rest, [
    `Content-Length says ${bytesText(announced)}, the body has ${bytesText(rest.length)}; all of them are kept.`,
  ])
}

function shortNotice(rest: Uint8Array, announced: number): string {
  const plain = `Content-Length says ${bytesText(announced)}, the body has only ${bytesText(rest.length)}.`
  return rest.length + bareLineFeeds(rest) === announced
    ? `${plain} The difference is its number of line ends: an editor may have changed CRLF to LF.`
    : plain
}

function bareLineFeeds(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at - 1] !== 13) count++
  }
  return count
}

function isLineBreak(bytes: Uint8Array): boolean {
  return (
    (bytes.length === 1 && bytes[0] === 10) ||
    (bytes.length === 2 && bytes[0] === 13 && bytes[1] === 10)
  )
}

function startsWithRequestLine(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return /^[A-Z]{3,16} \S+ HTTP\/\d/.test(start)
}

function whole(body: Uint8Array, notices: string[]): BodyReading {
  return { body, rawTrailers: [], notices }
}

function bytesText(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`
}
