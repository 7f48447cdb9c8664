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

/** What curl is told beside the body, whichever shell tells it; no word is quoted yet. */
export interface CurlPlan {
  /** `null`: `--head` stands for it. */
  method: string | null
  url: string
  /** Where it is not what the URL says: a character for each byte. */
  requestTarget: string | null
  httpOption: '--http1.0' | '--http1.1'
  /** Values of `--header`, in order: a character for each byte. */
  headerLines: string[]
  /** An empty body is announced in chunks, so that its end must be sent. */
  sendsEmptyBody: boolean
}

/** `null`: the method is no HTTP method, or the target would be more than one line. */
export function curlPlan(request: CurlRequest): CurlPlan | null {
  const { method, origin, target, httpVersion, body, rawHeaders } = request
  if (!TOKEN.test(method) || /[^\x20-\x7e\u0080-\uffff]/.test(target)) return null
  const empty = body instanceof Uint8Array && body.length === 0
  return {
    // An answer to HEAD has no body, and curl waits for one unless it is told.
    method: method === 'HEAD' && empty ? null : method,
    url: origin + (target.startsWith('/') ? plainTarget(target) : '/'),
    requestTarget: PLAIN_TARGET.test(target) ? null : target,
    httpOption: httpVersion === '1.0' ? '--http1.0' : '--http1.1',
    headerLines: headerLines(request),
    sendsEmptyBody:
      empty && rawHeaders.some(([name]) => name.toLowerCase() === 'transfer-encoding'),
  }
}

/**
 * The request as a command for bash that sends it with curl: method, URL, headers in their order and
 * the body, byte for byte. curl puts Host first and joins nothing; trailers and chunk boundaries are
 * not reproduced. No byte of the request can become a command or a file name (man curl: `--data-raw`
 * reads no file, and a header from the list has a name). `null` as {@link curlPlan} says.
 */
export function curlCommand(request: CurlRequest): string | null {
  const plan = curlPlan(request)
  if (plan === null) return null
  const { option, before } = bodyOption(request.body, plan)
  const lines = [...bashCurlLines(plan), ...(option === null ? [] : [option])]
  return before + lines.join(' \\\n  ')
}

/** The command without its body, an option a line. */
export function bashCurlLines(plan: CurlPlan): string[] {
  const method = plan.method === null ? '--head' : `--request ${bashQuote(plan.method)}`
  const { requestTarget } = plan
  return [
    `curl ${method} ${bashQuote(plan.url)}`,
    ...(requestTarget === null
      ? []
      : [`--request-target ${bashQuoteBytes(latin1(requestTarget))}`]),
    '--path-as-is --globoff',
    plan.httpOption,
    ...plan.headerLines.map((line) => `--header ${bashQuoteBytes(latin1(line))}`),
  ]
}

/** The path as far as curl takes it; `--request-target` then says the rest. */
function plainTarget(target: string): string {
  return PLAIN_TARGET.test(target) ? target : '/'
}

/** What curl adds by itself unless it stands there. */
const ADDED = ['User-Agent', 'Accept', 'Content-Type', 'Expect']

function headerLines({ rawHeaders, origin, body }: CurlRequest): string[] {
  const own = new URL(origin).host
  const sent = rawHeaders.filter(
    ([name, value]) =>
      TOKEN.test(name) && !/[\0\r\n]/.test(value) && !isFraming(name, value, { own, body }),
  )
  const present = new Set(sent.map(([name]) => name.toLowerCase()))
  // curl takes `Name:` for “leave it out” and `Name;` for an empty value.
  const lines = sent.map(([name, value]) =>
    value.trim() === '' ? `${name};` : `${name}: ${value}`,
  )
  const missing = ADDED.filter((name) => !present.has(name.toLowerCase()))
  return [...lines, ...missing.map((name) => `${name}:`)]
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

function bodyOption(
  body: CurlRequest['body'],
  { sendsEmptyBody }: CurlPlan,
): { option: string | null; before: string } {
  if (!(body instanceof Uint8Array)) {
    return { option: `--data-binary ${bashQuote(`@./${body.fileName}`)}`, before: '' }
  }
  if (body.length === 0) return { option: sendsEmptyBody ? "--data-raw ''" : null, before: '' }
  if (body.includes(0)) {
    return { option: '--data-binary @-', before: `printf ${bashPrintfFormat(body)} | ` }
  }
  return { option: `--data-raw ${bashQuoteBytes(body)}`, before: '' }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
