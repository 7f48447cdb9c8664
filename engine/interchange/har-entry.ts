import { z } from 'zod'
import type { RawHeader } from '#contract/http.ts'
import type { Parsed, ParseProblem } from './parsed-request.ts'
import { parseUrl } from './parse-url.ts'

const Pair = z.object({ name: z.string(), value: z.string().default('') })

/**
 * The parts of a HAR 1.2 request that say what went over the wire
 * (http://www.softwareishard.com/blog/har-12-spec/#request). `encoding` beside the text of a request
 * is not in the specification, which has it for responses only; Chrome and mitmproxy write it so.
 */
const HarRequest = z.object({
  method: z.string().min(1),
  url: z.string().min(1),
  httpVersion: z.string().default(''),
  headers: z.array(Pair).default([]),
  queryString: z.array(Pair).default([]),
  postData: z
    .object({
      mimeType: z.string().default(''),
      text: z.string().optional(),
      encoding: z.string().optional(),
      params: z.array(z.object({ ...Pair.shape, fileName: z.string().optional() })).default([]),
    })
    .nullish(),
})
export type HarRequest = z.infer<typeof HarRequest>

const HarEntry = z.object({ request: HarRequest })
const HarFile = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

/** Whether a text can only be JSON, and so a HAR: a request line or a header never begins so. */
export function looksLikeHar(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text)
}

/**
 * Reads the request of a HAR (HTTP Archive 1.2): a whole archive, of which the first entry is taken
 * and that said, one entry, or its `request` alone. Never throws.
 */
export function parseHarText(text: string): Parsed | ParseProblem {
  const json = readJson(text.replace(/^\uFEFF/, ''))
  if ('problem' in json) return json
  const notices: string[] = []
  const chosen = chooseEntry(json.value, notices)
  if ('problem' in chosen) return chosen
  const request = HarRequest.safeParse(chosen.request)
  if (!request.success) return { problem: whatIsWrong(request.error) }
  const read = readHarRequest(request.data)
  return { request: read.request, notices: [...notices, ...read.notices] }
}

/** The request as it stood on the wire, as far as a HAR tells. */
export function readHarRequest(har: HarRequest): Parsed {
  const notices: string[] = []
  const url = parseUrl(har.url)
  const rawHeaders = har.headers
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }): RawHeader => [latin1(name), latin1(value)])
  if (url && !rawHeaders.some(([name]) => name.toLowerCase() === 'host')) {
    rawHeaders.unshift(['Host', url.host])
  }
  const body = readPostData(har, notices)
  noteLength(rawHeaders, body, notices)
  return {
    request: {
      method: har.method,
      target: targetOf(har, url !== null),
      httpVersion: /(\d(?:\.\d)?)$/.exec(har.httpVersion)?.[1] ?? '1.1',
      rawHeaders,
      rawTrailers: [],
      body,
    },
    notices,
  }
}

function readJson(text: string): { value: unknown } | ParseProblem {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: `This begins like JSON but cannot be read as such: ${error.message}.` }
  }
}

function chooseEntry(value: unknown, notices: string[]): { request: unknown } | ParseProblem {
  const file = HarFile.safeParse(value)
  if (file.success) {
    const { entries } = file.data.log
    if (entries.length === 0) return { problem: 'This HAR has no entries.' }
    if (entries.length > 1)
      notices.push(`The HAR has ${entries.length} entries; this is the first.`)
    return chooseRequest(entries[0])
  }
  return chooseRequest(value)
}

function chooseRequest(entry: unknown): { request: unknown } | ParseProblem {
  const wrapped = z.object({ request: z.unknown() }).safeParse(entry)
  if (wrapped.success && wrapped.data.request !== undefined) return wrapped.data
  const bare = z.object({ method: z.string(), url: z.string() }).safeParse(entry)
  if (bare.success) return { request: entry }
  return {
    problem:
      'This is JSON but no HAR: it has neither log.entries nor a request. For a body alone, put headers and a blank line before it.',
  }
}

function whatIsWrong({ issues }: z.ZodError): string {
  const path = issues[0]?.path.join('.') ?? ''
  return `The request of this HAR cannot be read: “${path}” is not what HAR 1.2 has there.`
}

/** Path and query as they stand in the URL: `URL` would write them anew. */
function targetOf({ url, queryString }: HarRequest, isUrl: boolean): string {
  const rest = isUrl ? url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') : url
  const target = rest.replace(/#.*$/s, '')
  const path = target.startsWith('/') || target === '*' ? target : `/${target}`
  if (path.includes('?') || queryString.length === 0) return path
  return `${path}?${formText(queryString)}`
}

function formText(pairs: readonly { name: string; value: string }[]): string {
  return new URLSearchParams(
    pairs.map(({ name, value }): [string, string] => [name, value]),
  ).toString()
}

function readPostData({ postData }: HarRequest, notices: string[]): Uint8Array {
  if (!postData) return new Uint8Array()
  const { text, encoding, params, mimeType } = postData
  if (text !== undefined && (text !== '' || params.length === 0)) {
    if (encoding?.toLowerCase() === 'base64') return new Uint8Array(Buffer.from(text, 'base64'))
    if (text.includes('\uFFFD')) {
      notices.push(
        'The body has replacement characters: bytes were lost when this HAR was written.',
      )
    }
    return new Uint8Array(Buffer.from(text, 'utf8'))
  }
  if (params.length === 0) return new Uint8Array()
  if (/^multipart\//i.test(mimeType)) {
    notices.push('The HAR lists the parts of the body without their bytes; the body is left empty.')
    return new Uint8Array()
  }
  notices.push('The body was written anew from the form fields; how they were escaped is not told.')
  return new Uint8Array(Buffer.from(formText(params), 'utf8'))
}

function noteLength(rawHeaders: RawHeader[], body: Uint8Array, notices: string[]): void {
  const announced = rawHeaders.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  if (announced === undefined || announced.trim() === String(body.length)) return
  notices.push(`Content-Length says ${announced.trim()}, but the body has ${body.length} bytes.`)
}

/** Header texts as bytes: what is beyond Latin-1 can only have been read as UTF-8. */
function latin1(text: string): string {
  return /^[\0-\xff]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** One entry of an archive, for whoever reads them one by one; `null`: it holds no request. */
export function readHarEntry(entry: unknown): Parsed | null {
  const read = HarEntry.safeParse(entry)
  return read.success ? readHarRequest(read.data.request) : null
}
