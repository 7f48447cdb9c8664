import { HTTPSnippet } from '@readme/httpsnippet'
import type { RawHeader } from '#contract/http.ts'
import type { CodeForm } from './code-targets.ts'

export interface SnippetRequest {
  method: string
  origin: string
  target: string
  /** As text; each name once. */
  headers: readonly RawHeader[]
  body: Uint8Array | string | null
}

const NAME = (index: number) => `Cs-Name-${index}-X`
const VALUE = (index: number) => `csvalue${index}x`
const PATH = 'cspathx'
const BODY = 'csbodyx'
/** The body's media type, which some targets name apart from the header. */
const TYPE = 'cstypex'
const STAND_IN = /cs-name-\d+-x|csvalue\d+x|cspathx|csbodyx|cstypex/gi
/** A quoted text of the library's output with one of our stand-ins in it. */
const QUOTED = /(["'])([^"'\n\\]*cs(?:-name-\d+-|value\d+|path|body|type)x[^"'\n\\]*)\1/gi

/**
 * Code that sends the request, or `null` where the language cannot write its body. The library makes
 * the shape, from stand-ins of letters and digits; what was captured is put in afterwards by literals
 * of our own, since the library escapes neither interpolation (Ruby, PHP, Kotlin) nor quotes
 * everywhere. So nothing captured can act in the code. Method and origin go through the library:
 * the caller makes sure that they are letters, and a plain host.
 */
export function codeSnippet(form: CodeForm, request: SnippetRequest): string | null {
  const body = bodyLiteral(form, request.body)
  if (body === null) return null
  const values = new Map<string, string>([
    [PATH, request.target.replace(/^\//, '')],
    [TYPE, typeOf(request.headers)],
  ])
  request.headers.forEach(([name, value], index) => {
    values.set(NAME(index).toLowerCase(), name)
    values.set(VALUE(index), value)
  })
  const shape = madeBy(form, request)
  if (shape.replace(QUOTED, '').search(STAND_IN) !== -1) {
    throw new Error(`A stand-in is not quoted in the code of ${form.id}.`)
  }
  return shape.replace(QUOTED, (_, _quote, inside: string) => {
    if (inside === BODY) return body
    return form.literals.text(
      inside.replace(STAND_IN, (standIn) => values.get(standIn.toLowerCase()) ?? ''),
    )
  })
}

function typeOf(headers: readonly RawHeader[]): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return type ?? 'application/octet-stream'
}

function bodyLiteral(
  { literals, language }: CodeForm,
  body: SnippetRequest['body'],
): string | null {
  if (body === null) return ''
  if (typeof body !== 'string') return literals.bytes(body)
  // The library of Python sends text beyond ASCII as ISO 8859-1 or not at all.
  if (language === 'Python' && /[^\0-\x7f]/.test(body)) {
    return literals.bytes(Buffer.from(body, 'utf8'))
  }
  return literals.text(body)
}

function madeBy({ library, id }: CodeForm, request: SnippetRequest): string {
  const { method, origin, headers, body } = request
  const har = {
    method,
    url: `${origin}/${PATH}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(([name], index) => ({
      // Some targets treat it apart from all others.
      name: name.toLowerCase() === 'content-type' ? 'Content-Type' : NAME(index),
      value: VALUE(index),
    })),
    queryString: [],
    headersSize: -1,
    bodySize: -1,
    ...(body === null ? {} : { postData: { mimeType: TYPE, text: BODY } }),
  }
  const log = {
    version: '1.2',
    creator: { name: 'Countersign', version: '' },
    entries: [{ request: har }],
  }
  const made = new HTTPSnippet({ log }, { harIsAlreadyEncoded: true }).convert(...library)[0]
  if (typeof made !== 'string') throw new Error(`The snippet library knows no ${id}.`)
  // Its constructor refuses parameters such as a charset.
  return made.replaceAll('new MediaTypeHeaderValue(', 'MediaTypeHeaderValue.Parse(')
}
