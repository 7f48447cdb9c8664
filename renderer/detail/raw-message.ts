import { MASK } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import { fieldsOf, type RawHeader } from '#contract/http.ts'

/** An HTTP message around a body that stands elsewhere; a character for each byte (ISO 8859-1). */
export interface RawMessage {
  requestLine: string
  rawHeaders: RawHeader[]
  /** Between the headers and the body's first byte: the size of the one chunk, where there are chunks. */
  beforeBody: string
  afterBody: string
  rawTrailers: RawHeader[]
  chunked: boolean
  /** It came as HTTP/2, which has no form as text. */
  asHttp1: boolean
}

type Kept = Pick<
  Delivery,
  'method' | 'target' | 'httpVersion' | 'rawHeaders' | 'rawTrailers' | 'bodyByteLength'
>

/**
 * The message of a delivery as far as it was kept (RFC 9112): optional whitespace around values is
 * lost, and a chunked body is one chunk. HTTP/2 is written as HTTP/1.1 would say it. `null` for what
 * was no HTTP request.
 */
export function rawMessage(delivery: Kept): RawMessage | null {
  const { method, target, httpVersion, rawHeaders, rawTrailers, bodyByteLength } = delivery
  if (method === '' || httpVersion === '') return null
  const chunked = rawHeaders.some(
    ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /\bchunked\s*$/i.test(value),
  )
  const asHttp1 = httpVersion.startsWith('2')
  const size = bodyByteLength > 0 ? `${bodyByteLength.toString(16)}\r\n` : ''
  return {
    requestLine: `${method} ${target} HTTP/${asHttp1 ? '1.1' : httpVersion}`,
    rawHeaders: [...fieldsOf(rawHeaders)],
    beforeBody: chunked ? size : '',
    afterBody: chunked
      ? `${bodyByteLength > 0 ? '\r\n' : ''}0\r\n${headerLines(rawTrailers)}\r\n`
      : '',
    rawTrailers,
    chunked,
    asHttp1,
  }
}

/** Everything in front of the body's first byte. */
export function messageHead({ requestLine, rawHeaders, beforeBody }: RawMessage): string {
  return `${requestLine}\r\n${headerLines(rawHeaders)}\r\n${beforeBody}`
}

function headerLines(headers: readonly RawHeader[]): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
}

/** The bytes of text that has a character for each; a mask over a credential becomes asterisks. */
export function bytesOfLatin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.replaceAll(MASK, '********'), (character) => character.charCodeAt(0))
}
