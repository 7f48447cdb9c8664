import { bashPrintfFormat, bashQuote, bashQuoteBytes } from './bash-quote.ts'
import type { RawHeader } from './http.ts'

/** One request as it is to be sent again. */
export interface CurlRequest {
  method: string
  /** Scheme, host and port: `http://127.0.0.1:4100`. */
  origin: string
  /** The request target as it was sent. */
  target: string
  /** `1.1` or `1.0`. */
  httpVersion: string
  /** A character for each byte (ISO 8859-1), as HTTP/1 has them; order, case and repeats count. */
  rawHeaders: readonly RawHeader[]
  /** The body as it came, or the name of a file that holds it. */
  body: Uint8Array | { fileName: string; byteLength: number }
}

/** No argument of a program may be longer than 128 KiB on Linux; a longer body stands in a file. */
export const LONGEST_INLINE_BODY = 48 * 1024

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/
/** What curl takes as it stands: nothing that it would encode, cut off or reject. */
const PLAIN_TARGET = /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/

/**
 * The request as a command for bash that sends it with curl: method, URL, headers in their order and
 * the body, byte for byte. curl puts Host first and joins nothing; trailers and chunk boundaries are
 * not reproduced. No byte of the request can become a command or a file name (man curl: `--data-raw`
 * reads no file, and a header from the list has a name). `null` when the method is no HTTP method.
 */
export function curlCommand(request: CurlRequest): string | null {
  const { method, origin, target, httpVersion, body } = request
  if (!TOKEN.test(method)) return null
  const lines = [
    `curl ${methodOption(method, body)} ${bashQuote(origin + (target.startsWith('/') ? plainTarget(target) : '/'))}`,
  ]
  if (!PLAIN_TARGET.test(target)) {
    lines.push(`--request-target ${bashQuoteBytes(latin1(target))}`)
  }
  lines.push('--path-as-is --globoff')
  lines.push(httpVersion === '1.0' ? '--http1.0' : '--http1.1')
  lines.push(...headerOptions(request))
  const { option, before } = bodyOption(request)
  if (option !== null) lines.push(option)
  return before + lines.join(' \\\n  ')
}

/** The path as far as curl takes it; `--request-target` then says the rest. */
function plainTarget(target: string): string {
  return PLAIN_TARGET.test(target) ? target : '/'
}

function methodOption(method: string, body: CurlRequest['body']): string {
  const empty = body instanceof Uint8Array && body.length === 0
  // An answer to HEAD has no body, and curl waits for one unless it is told.
  return method === 'HEAD' && empty ? '--head' : `--request ${bashQuote(method)}`
}

/** What curl adds by itself unless it stands there. */
const ADDED = ['User-Agent', 'Accept', 'Content-Type', 'Expect']

function headerOptions({ rawHeaders, origin, body }: CurlRequest): string[] {
  const own = new URL(origin).host
  const sent = rawHeaders.filter(
    ([name, value]) =>
      TOKEN.test(name) && !/[\0\r\n]/.test(value) && !isFraming(name, value, { own, body }),
  )
  const present = new Set(sent.map(([name]) => name.toLowerCase()))
  const options = sent.map(([name, value]) => {
    // curl takes `Name:` for “leave it out” and `Name;` for an empty value.
    const line = value.trim() === '' ? `${name};` : `${name}: ${value}`
    return `--header ${bashQuoteBytes(latin1(line))}`
  })
  const missing = ADDED.filter((name) => !present.has(name.toLowerCase()))
  return [...options, ...missing.map((name) => `--header '${name}:'`)]
}

/** Host where curl writes the same, and a length that the body does not have. */
function isFraming(
  name: string,
  value: string,
  { own, body }: { own: string; body: CurlRequest['body'] },
): boolean {
  const header = name.toLowerCase()
  if (header === 'host') return name === 'Host' && value === own
  if (header !== 'content-length') return false
  const length = body instanceof Uint8Array ? body.length : body.byteLength
  return value.trim() !== String(length)
}

function bodyOption({ body, rawHeaders }: CurlRequest): { option: string | null; before: string } {
  if (!(body instanceof Uint8Array)) {
    return { option: `--data-binary ${bashQuote(`@./${body.fileName}`)}`, before: '' }
  }
  if (body.length === 0) {
    // Announced in chunks, an empty body still has an end that must be sent.
    const chunked = rawHeaders.some(([name]) => name.toLowerCase() === 'transfer-encoding')
    return { option: chunked ? "--data-raw ''" : null, before: '' }
  }
  if (body.includes(0)) {
    return { option: '--data-binary @-', before: `printf ${bashPrintfFormat(body)} | ` }
  }
  return { option: `--data-raw ${bashQuoteBytes(body)}`, before: '' }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
