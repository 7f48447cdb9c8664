import type { CaptureProblem } from '#contract/delivery.ts'

/** Why a request is not an ordinary one, and what HTTP demands as the answer. */
export interface Trouble {
  problem: CaptureProblem
  /** A sentence for people. */
  detail: string
  requiredStatus: number | null
}

/** What Node's `clientError` carries beside the message. */
export interface ParserError extends Error {
  code?: string
  reason?: string
}

const TLS_HANDSHAKE_RECORD = 0x16
const TLS_MAJOR_VERSION = 0x03

/** Whether the bytes begin a TLS record of the handshake type (RFC 8446 §5.1), in part or whole. */
export function looksLikeTls(bytes: Uint8Array): boolean {
  if (bytes[0] !== TLS_HANDSHAKE_RECORD) return false
  return bytes.length < 2 || bytes[1] === TLS_MAJOR_VERSION
}

/** A plain request on a TLS port, which a sender can still be told in HTTP. */
export const PLAIN_ON_TLS: Trouble = {
  problem: 'plain-on-tls',
  detail: 'The sender used http:// on this https:// port.',
  requiredStatus: 400,
}

/** What an error of Node's HTTP parser means for the message that these bytes begin. */
export function troubleOfParserError(error: ParserError, bytes: Uint8Array): Trouble {
  if (looksLikeTls(bytes)) {
    return {
      problem: 'tls-hello',
      detail: 'The sender began TLS: it used https:// on this plain http:// port.',
      requiredStatus: null,
    }
  }
  switch (error.code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return {
        problem: 'headers-too-large',
        detail: 'The request line and headers are larger than 64 KiB.',
        requiredStatus: 431,
      }
    case 'HPE_INVALID_EOF_STATE':
      return {
        problem: 'sender-gone',
        detail: 'The sender closed the connection before the headers were complete.',
        requiredStatus: null,
      }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        problem: 'idle-timeout',
        detail: 'The headers did not arrive in time.',
        requiredStatus: 408,
      }
    case 'HPE_PAUSED_H2_UPGRADE':
      return malformed('The sender speaks HTTP/2 without asking; this port speaks HTTP/1.1.')
    default:
      return malformed(`Not valid HTTP/1.1: ${reasonOf(error)}.`)
  }
}

/** Why the request cannot be read as HTTP/1.1 (RFC 9112 §2.2): 400. */
export function malformed(detail: string): Trouble {
  return { problem: 'malformed-http', detail, requiredStatus: 400 }
}

/** What the sender broke off, such as "stopped after 12 kB of 40 kB". */
export function stoppedAfter(received: number, announced: number | null): string {
  const whole = announced === null ? '' : ` of ${byteCount(announced)}`
  return `stopped after ${byteCount(received)}${whole}`
}

/** A byte count for people, in decimal units: "812 bytes", "12 kB", "1.5 MB". */
export function byteCount(bytes: number): string {
  if (bytes === 1) return '1 byte'
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 999_500) return `${Number((bytes / 1000).toPrecision(3))} kB`
  if (bytes < 999_500_000) return `${Number((bytes / 1e6).toPrecision(3))} MB`
  return `${Number((bytes / 1e9).toPrecision(3))} GB`
}

function reasonOf(error: ParserError): string {
  const reason = error.reason ?? error.message.replace(/^Parse Error: /, '')
  return reason.slice(0, 1).toLowerCase() + reason.slice(1)
}
