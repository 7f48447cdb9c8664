const HEAD_END = '\r\n\r\n'
const CR = 13
const LF = 10

/**
 * The offset behind `count` whole HTTP/1.1 messages that the parser already took from these bytes,
 * so that a refused message can be told from the good ones pipelined before it. Falls back to the
 * end of the last head that is found. Framing: RFC 9112 §6.3.
 */
export function offsetAfterMessages(bytes: Buffer, count: number): number {
  let offset = 0
  for (let index = 0; index < count; index += 1) {
    // Empty lines in front of a request line are ignored (RFC 9112 §2.2), and are no head.
    while (bytes[offset] === CR || bytes[offset] === LF) offset += 1
    const headEnd = bytes.indexOf(HEAD_END, offset)
    if (headEnd < 0) return offset
    const head = bytes.toString('latin1', offset, headEnd + 2)
    offset = afterBody(bytes, headEnd + HEAD_END.length, head)
  }
  return Math.min(offset, bytes.length)
}

function afterBody(bytes: Buffer, start: number, head: string): number {
  if (/\r\ntransfer-encoding:[^\r]*chunked[ \t]*\r\n/i.test(head)) return afterChunks(bytes, start)
  const length = /\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n/i.exec(head)?.[1]
  return length === undefined ? start : start + Number(length)
}

function afterChunks(bytes: Buffer, start: number): number {
  let offset = start
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', offset)
    if (lineEnd < 0) return start
    // Digits alone: a sign would lead back to where this began.
    const digits = /^[\da-f]{1,13}/i.exec(bytes.toString('latin1', offset, lineEnd))?.[0]
    if (digits === undefined) return start
    const size = Number.parseInt(digits, 16)
    if (size === 0) return afterTrailers(bytes, lineEnd)
    offset = lineEnd + 2 + size + 2
    if (offset >= bytes.length) return start
  }
}

/** `lineEnd` is where the line of the last chunk ends; the empty line after the trailers is sought. */
function afterTrailers(bytes: Buffer, lineEnd: number): number {
  const end = bytes.indexOf(HEAD_END, lineEnd)
  return end < 0 ? bytes.length : end + HEAD_END.length
}
