import type { RawHeader } from '#contract/http.ts'

/** A request exactly as it will stand on the wire, and where it goes. */
export interface OutgoingRequest {
  /** Absolute `http:` or `https:` URL; only its scheme, host and port say where to connect. */
  url: string
  method: string
  /** The request target of the request line. */
  target: string
  httpVersion: '1.0' | '1.1'
  /** Latin-1 strings, written in this order, with this case and these repeats. */
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
  /** Transfer-Encoding says so: the body goes out as one chunk. */
  chunked?: boolean
}

/**
 * The bytes up to and with the blank line (RFC 9112 §2.1). Nothing is added: no Connection, no Date,
 * no User-Agent.
 */
export function headBytes(request: OutgoingRequest): Uint8Array {
  const lines = [
    `${request.method} ${request.target} HTTP/${request.httpVersion}`,
    ...request.rawHeaders.map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** The bytes behind the blank line: the body, framed as one chunk where it has to be (RFC 9112 §7.1). */
export function bodyBytes({ body, chunked }: OutgoingRequest): readonly Uint8Array[] {
  if (!chunked) return body.length === 0 ? [] : [body]
  const end = Buffer.from('0\r\n\r\n')
  if (body.length === 0) return [end]
  return [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n'), end]
}

/**
 * Says why a request cannot be written so that a receiver reads the same; `null` when it can. This is
 * what stops one header from becoming two.
 */
export function writingProblem(request: OutgoingRequest): string | null {
  if (!token.test(request.method)) {
    return 'There is no readable request method, so there is nothing to send.'
  }
  if (!/^[\x21-\x7e\x80-\xff]+$/.test(request.target)) {
    return 'The request target holds blanks or control characters and cannot be sent.'
  }
  const bad = request.rawHeaders.find(
    ([name, value]) => !token.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value),
  )
  if (!bad) return null
  return `The header “${bad[0].replace(/[^\x20-\x7e]/g, '·').slice(0, 40)}” holds characters that HTTP cannot carry.`
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
