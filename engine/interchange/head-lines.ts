import type { RawHeader } from '#contract/http.ts'

const LF = 10
const CR = 13

export interface HeadLine {
  /** Latin-1 text without its line end. */
  text: string
  /** Counted from 1. */
  number: number
  /** Offset of the byte after the line end. */
  end: number
}

/** Latin-1 in the sense of HTTP: byte n is code unit n (the TextDecoder of that name is Windows-1252). */
export function latin1Text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Lines end with LF or CRLF (RFC 9112 §2.2). The last line may lack its end. */
export function readLine(bytes: Uint8Array, start: number, number: number): HeadLine {
  const lf = bytes.indexOf(LF, start)
  const stop = lf === -1 ? bytes.length : lf
  const contentEnd = stop > start && bytes[stop - 1] === CR ? stop - 1 : stop
  return {
    text: latin1Text(bytes.subarray(start, contentEnd)),
    number,
    end: lf === -1 ? bytes.length : lf + 1,
  }
}

export type HeaderLine =
  | { kind: 'header'; header: RawHeader; spaceBeforeColon: boolean }
  | { kind: 'continuation'; text: string }
  | { kind: 'problem'; problem: string }

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Reads one field line (RFC 9110 §5.1, RFC 9112 §5), also HTTP/2's pseudo headers (`:path`). */
export function readHeaderLine(line: HeadLine): HeaderLine {
  const { text, number } = line
  if (/^[ \t]/.test(text)) return { kind: 'continuation', text: text.trim() }
  const colon = text.indexOf(':', text.startsWith(':') ? 1 : 0)
  if (colon < 1) {
    return { kind: 'problem', problem: `Line ${number} is not a header: it has no colon.` }
  }
  const nameAsSent = text.slice(0, colon)
  const name = trimBlanks(nameAsSent)
  if (!token.test(name.replace(/^:/, ''))) {
    return {
      kind: 'problem',
      problem: `Line ${number} is not a header: ${quoted(name)} is not a header name.`,
    }
  }
  const value = trimBlanks(text.slice(colon + 1))
  // A bare CR or a NUL in a value must be refused (RFC 9110 §5.5, RFC 9112 §2.2).
  if (value.includes('\0') || value.includes('\r')) {
    return { kind: 'problem', problem: `Line ${number} holds a control character in its value.` }
  }
  return { kind: 'header', header: [name, value], spaceBeforeColon: name !== nameAsSent }
}

/** Optional whitespace around a value is not part of it (RFC 9110 §5.5): space and tab only. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text, start)) start++
  while (end > start && isBlank(text, end - 1)) end--
  return text.slice(start, end)
}

function isBlank(text: string, index: number): boolean {
  return text[index] === ' ' || text[index] === '\t'
}

/** Text for a sentence: short, and without characters that would spoil the line. */
export function quoted(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '·')
  return `“${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}”`
}
