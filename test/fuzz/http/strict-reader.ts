/** A request as a strict front proxy reads it; text is latin1, one character a byte. */
export interface StrictMessage {
  method: string
  target: string
  version: string
  body: string
  /** The connection ends with its answer, so what follows it is nobody's request. */
  last: boolean
}

/** What stands on a connection, and why reading it stopped. */
export interface StrictReading {
  messages: StrictMessage[]
  /** `end`: nothing more; `cut`: the last one is not whole; `refuse`: no proxy may pass it on. */
  rest: 'end' | 'cut' | 'refuse'
  why: string
}

type Line = readonly [name: string, value: string]

/**
 * Reads requests one after another with nothing forgiven: RFC 9112, and where that leaves a choice
 * the one that cannot be read in two ways. It shares no code with the listener or its parser, so
 * that what one of them lets through shows as a difference.
 */
export function readStrictly(text: string): StrictReading {
  const messages: StrictMessage[] = []
  let at = 0
  for (;;) {
    // RFC 9112 §2.2: empty lines in front of a request line are ignored, however they end.
    while (text[at] === '\r' || text[at] === '\n') at += 1
    if (at >= text.length || messages.at(-1)?.last === true) {
      return { messages, rest: 'end', why: 'nothing more' }
    }
    const read = readMessage(text, at)
    if ('rest' in read) return { messages, ...read }
    messages.push(read.message)
    at = read.end
  }
}

interface Stopped {
  rest: 'cut' | 'refuse'
  why: string
}
const refuse = (why: string): Stopped => ({ rest: 'refuse', why })
const CUT: Stopped = { rest: 'cut', why: 'it is not whole' }

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
/** RFC 9112 §3 lets its parts be told apart by more than one space; where a body ends is the same. */
const REQUEST_LINE = new RegExp(`^(${TOKEN}) +([\\x21-\\x7e]+) +HTTP/(1\\.[01])$`)
const FIELD_LINE = new RegExp(`^(${TOKEN}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[ \\t]*$`)

function readMessage(
  text: string,
  from: number,
): Stopped | { message: StrictMessage; end: number } {
  const headEnd = text.indexOf('\r\n\r\n', from)
  const [first = '', ...rest] = text.slice(from, headEnd < 0 ? text.length : headEnd).split('\r\n')
  if (headEnd < 0) return CUT
  const line = REQUEST_LINE.exec(first)
  if (!line) return refuse('its request line')
  const [, method = '', target = '', version = ''] = line
  const lines = linesOf(rest)
  if ('rest' in lines) return lines
  const body = readBody(text, headEnd + 4, version, lines.lines)
  if ('rest' in body) return body
  const last = method === 'CONNECT' || closes(version, lines.lines)
  return { message: { method, target, version, body: body.body, last }, end: body.end }
}

function linesOf(texts: readonly string[]): Stopped | { lines: Line[] } {
  const lines: Line[] = []
  for (const text of texts) {
    const line = FIELD_LINE.exec(text)
    if (!line) return refuse(`the line ${JSON.stringify(text.slice(0, 60))}`)
    lines.push([line[1]?.toLowerCase() ?? '', line[2] ?? ''])
  }
  return { lines }
}

function valuesOf(lines: readonly Line[], wanted: string): string[] {
  return lines
    .filter(([name]) => name === wanted)
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.trim().toLowerCase())
}

/** Whoever is offered another protocol and stays with this one may close (RFC 9110 §7.8). */
function closes(version: string, lines: readonly Line[]): boolean {
  if (lines.some(([name]) => name === 'upgrade')) return true
  const options = valuesOf(lines, 'connection')
  return options.includes('close') || (version === '1.0' && !options.includes('keep-alive'))
}

function readBody(
  text: string,
  start: number,
  version: string,
  lines: readonly Line[],
): Stopped | { body: string; end: number } {
  const codings = valuesOf(lines, 'transfer-encoding')
  const lengths = valuesOf(lines, 'content-length')
  if (codings.length > 0) {
    if (lengths.length > 0) return refuse('a length and a coding')
    if (version === '1.0') return refuse('a coding in HTTP/1.0')
    if (codings.join() !== 'chunked') return refuse('a coding that not everybody knows')
    return readChunks(text, start)
  }
  if (lengths.length === 0) return { body: '', end: start }
  const [length = ''] = lengths
  if (!lengths.every((each) => each === length)) return refuse('two lengths')
  if (!/^\d{1,15}$/.test(length)) return refuse('a length that is no number')
  const end = start + Number(length)
  return end > text.length ? CUT : { body: text.slice(start, end), end }
}

const CHUNK_LINE = /^(0*[\dA-Fa-f]{1,13})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/

function readChunks(text: string, start: number): Stopped | { body: string; end: number } {
  let body = ''
  let at = start
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd < 0) return CUT
    const size = CHUNK_LINE.exec(text.slice(at, lineEnd))?.[1]
    if (size === undefined) return refuse('a chunk’s size')
    const from = lineEnd + 2
    const to = from + Number.parseInt(size, 16)
    if (to === from) return readTrailers(text, from, body)
    if (to + 2 > text.length) return CUT
    if (!text.startsWith('\r\n', to)) return refuse('the end of a chunk')
    body += text.slice(from, to)
    at = to + 2
  }
}

function readTrailers(
  text: string,
  from: number,
  body: string,
): Stopped | { body: string; end: number } {
  if (text.startsWith('\r\n', from)) return { body, end: from + 2 }
  const end = text.indexOf('\r\n\r\n', from)
  if (end < 0) return CUT
  const lines = linesOf(text.slice(from, end).split('\r\n'))
  if ('rest' in lines) return lines
  const framing = lines.lines.some(([name]) => /^(?:content-length|transfer-encoding)$/.test(name))
  return framing ? refuse('framing in a trailer') : { body, end: end + 4 }
}
