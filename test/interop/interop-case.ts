import type { RawHeader } from '#contract/http.ts'
import { findHeader } from '#engine/signatures/headers.ts'

/** One whole request, as it passes between an SDK and our engine. */
export interface InteropRequest {
  method: string
  url: string
  rawHeaders: RawHeader[]
  body: Uint8Array
}

type Awaitable<T> = T | Promise<T>

/** One scheme and the package that judges it: the two of them must agree in both directions. */
export interface InteropCase {
  scheme: string
  /** The npm package whose verifier runs, as package.json names it. */
  sdk: string
  /** What a receiver pastes. */
  secret: string
  /** The private key, where `secret` is a public one. */
  signingSecret?: string
  settings?: Record<string, string>
  /** Unsigned; its body says `unchanged` once, unless `change` says what is changed instead. */
  request: InteropRequest
  /** `rule`: the package signs nothing, so the documented rule is followed with node:crypto. */
  signedBy: 'sdk' | 'rule'
  sign: (request: InteropRequest) => Awaitable<InteropRequest>
  /** False, or an error, is a refusal. */
  verify: (
    request: InteropRequest,
    secret: string,
    settings: Readonly<Record<string, string>>,
  ) => Awaitable<boolean>
  /** What is changed after signing, where one byte of the body will not do. */
  change?: (request: InteropRequest) => InteropRequest
}

const ORIGIN = 'https://hooks.example.test'

/** Text that survives every parser, not ASCII, and the word that gets changed. */
const BODY = JSON.stringify({
  id: 'evt_1',
  type: 'order.created',
  text: 'Grüße 🎉 unchanged',
  event: { id: 'evt_1', type: 'order.created' },
})

/** A POST of JSON, with the headers of a proxy that ended TLS. */
export function jsonRequest(body = BODY, target = '/in/interop'): InteropRequest {
  return post('application/json', body, target)
}

export function formRequest(fields: Record<string, string>, target = '/in/interop') {
  return post('application/x-www-form-urlencoded', String(new URLSearchParams(fields)), target)
}

function post(contentType: string, body: string, target: string): InteropRequest {
  const rawHeaders: RawHeader[] = [
    ['Host', 'hooks.example.test'],
    ['X-Forwarded-Proto', 'https'],
    ['Content-Type', contentType],
  ]
  return { method: 'POST', url: ORIGIN + target, rawHeaders, body: Buffer.from(body) }
}

export const text = (request: InteropRequest): string => Buffer.from(request.body).toString()

/** The value of a header that must be there. */
export function header(request: InteropRequest, name: string): string {
  const value = findHeader(request.rawHeaders, name.toLowerCase())
  if (value === null) throw new Error(`There is no header ${name}.`)
  return value
}

/** All headers, by lower-case name, repeats joined as Node joins them. */
export function headers(request: InteropRequest): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [rawName, value] of request.rawHeaders) {
    const name = rawName.toLowerCase()
    joined[name] = joined[name] === undefined ? value : `${joined[name]}, ${value}`
  }
  return joined
}

export function withHeaders(
  request: InteropRequest,
  added: Record<string, string>,
): InteropRequest {
  const names = new Set(Object.keys(added).map((name) => name.toLowerCase()))
  const kept = request.rawHeaders.filter(([name]) => !names.has(name.toLowerCase()))
  return { ...request, rawHeaders: [...kept, ...Object.entries(added)] }
}

/** The body after one of its bytes was changed. */
export function changeBody(request: InteropRequest): InteropRequest {
  const before = text(request)
  const body = Buffer.from(before.replace('unchanged', 'unChanged'))
  if (body.equals(request.body)) throw new Error('The body does not say “unchanged”.')
  return { ...request, body }
}

/** A fetch API Request, for the packages that take one. */
export const fetchRequest = (request: InteropRequest): Request =>
  new Request(request.url, {
    method: request.method,
    headers: request.rawHeaders,
    body: Buffer.from(request.body),
  })

/** For verifiers that throw what they refuse and answer nothing else. */
export async function passes(verify: () => unknown): Promise<true> {
  await verify()
  return true
}
