import type { RawHeader } from '#contract/http.ts'
import { readBody } from './body-length.ts'
import { type HeadLine, quoted, readHeaderLine, readLine } from './head-lines.ts'
import type { Parsed, ParseProblem } from './parsed-request.ts'

const methodPattern = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const requestLine = new RegExp(`^(${methodPattern}) +(\\S+)(?: +HTTP/(\\d(?:\\.\\d)?))?[ \\t]*$`)

interface Head {
  method: string
  target: string
  httpVersion: string
}

/**
 * Reads one HTTP request message (RFC 9112) saved from a socket or typed into an editor: request
 * line, headers, blank line, body. The body is never decoded as text.
 *
 * Lenient where the meaning is plain, and then `notices` say so: LF for CRLF, no request line
 * (`POST /` is assumed), no HTTP version, HTTP/2 pseudo headers, folded headers, a body of another
 * length than announced (see {@link readBody}), chunks. Never throws; time is linear in the bytes.
 */
export function parseRawHttp(bytes: Uint8Array): Parsed | ParseProblem {
  const notices: string[] = []
  const start = skipBeginning(bytes, notices)
  if (start.at >= bytes.length) return { problem: 'There is no request here: the text is empty.' }
  const first = readLine(bytes, start.at, start.lineNumber)
  const opening = readOpening(first, notices)
  if ('problem' in opening) return opening
  const headersStart = opening.head ? first : { end: start.at, number: start.lineNumber - 1 }
  const fields = readFields(bytes, headersStart.end, headersStart.number + 1, notices)
  if ('problem' in fields) return fields
  const { head, rawHeaders } = takePseudoHeaders(fields.rawHeaders, opening.head, notices)
  const { body, rawTrailers, notices: bodyNotices } = readBody(rawHeaders, fields.rest)
  notices.push(...bodyNotices)
  return { request: { ...head, rawHeaders, rawTrailers, body }, notices }
}

/** A byte order mark and blank lines before the request line are skipped (RFC 9112 §2.2). */
function skipBeginning(bytes: Uint8Array, notices: string[]): { at: number; lineNumber: number } {
  let at = 0
  let lineNumber = 1
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    at = 3
    notices.push('A byte order mark before the request is left out.')
  }
  for (; at < bytes.length; lineNumber++) {
    const line = readLine(bytes, at, lineNumber)
    if (line.text !== '') break
    at = line.end
  }
  return { at, lineNumber }
}

function readOpening(line: HeadLine, notices: string[]): { head: Head | null } | ParseProblem {
  if (/^HTTP\/\d/.test(line.text)) {
    return {
      problem: `Line ${line.number} is the status line of a response; a request is needed here.`,
    }
  }
  const match = requestLine.exec(line.text)
  const method = match?.[1]
  const target = match?.[2]
  if (method === undefined || target === undefined) return { head: null }
  const httpVersion = match?.[3]
  // `Host: a` reads as method and target too, were it not for its colon.
  if (httpVersion === undefined) {
    if (!/^(?:\/|\*$|https?:)/i.test(target)) return { head: null }
    notices.push('The request line names no HTTP version; HTTP/1.1 is assumed.')
  }
  return { head: { method, target, httpVersion: httpVersion ?? '1.1' } }
}

function readFields(
  bytes: Uint8Array,
  start: number,
  firstNumber: number,
  notices: string[],
): { rawHeaders: RawHeader[]; rest: Uint8Array } | ParseProblem {
  const rawHeaders: RawHeader[] = []
  let at = start
  for (let number = firstNumber; at < bytes.length; number++) {
    const line = readLine(bytes, at, number)
    at = line.end
    if (line.text === '') return { rawHeaders, rest: bytes.subarray(at) }
    const problem = addField(line, rawHeaders, notices)
    if (problem !== null) return { problem: number === 1 ? firstLineProblem(line) : problem }
  }
  notices.push('There is no blank line after the headers, so the body is empty.')
  return { rawHeaders, rest: new Uint8Array() }
}

function addField(line: HeadLine, rawHeaders: RawHeader[], notices: string[]): string | null {
  const read = readHeaderLine(line)
  if (read.kind === 'problem') return read.problem
  if (read.kind === 'header') {
    rawHeaders.push(read.header)
    if (read.spaceBeforeColon) {
      addLineNotice(
        notices,
        `Line ${line.number} has a space before its colon; receivers refuse that.`,
      )
    }
    return null
  }
  const folded = rawHeaders.at(-1)
  if (!folded) return `Line ${line.number} starts with a space, but there is no header to continue.`
  // obs-fold: replaced by a space (RFC 9112 §5.2).
  folded[1] = `${folded[1]} ${read.text}`
  addLineNotice(
    notices,
    `Line ${line.number} continues the header before it; they are joined by a space.`,
  )
  return null
}

/** A message may be odd on every line; saying so a few times is enough. */
function addLineNotice(notices: string[], notice: string): void {
  if (notices.length < 10) notices.push(notice)
}

function firstLineProblem(line: HeadLine): string {
  return `Line 1 is neither a request line (such as “POST /hook HTTP/1.1”) nor a header: ${quoted(line.text)}.`
}

/** HTTP/2 and browsers' tools write the request line as `:method`, `:path` and `:authority` (RFC 9113 §8.3.1). */
function takePseudoHeaders(
  fields: RawHeader[],
  opening: Head | null,
  notices: string[],
): { head: Head; rawHeaders: RawHeader[] } {
  const pseudo = new Map(fields.filter(([name]) => name.startsWith(':')))
  const rawHeaders = fields.filter(([name]) => !name.startsWith(':'))
  if (pseudo.size === 0) {
    if (!opening) notices.push('There is no request line; “POST /” is assumed.')
    return { head: opening ?? { method: 'POST', target: '/', httpVersion: '1.1' }, rawHeaders }
  }
  const authority = pseudo.get(':authority')
  if (authority !== undefined && !rawHeaders.some(([name]) => name.toLowerCase() === 'host')) {
    rawHeaders.unshift(['host', authority])
  }
  notices.push(
    'The request is written in HTTP/2’s way; its pseudo headers became the request line.',
  )
  return {
    head: opening ?? {
      method: pseudo.get(':method') ?? 'POST',
      target: pseudo.get(':path') ?? '/',
      httpVersion: '2',
    },
    rawHeaders,
  }
}
