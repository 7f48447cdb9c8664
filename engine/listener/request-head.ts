import type { IncomingMessage } from 'node:http'
import type { ClientCertificate } from '#contract/listener-tls.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Moment } from './moment.ts'
import { isChunked } from './message-walk.ts'
import { malformed, type Trouble } from './problems.ts'
import type { CapturedHead } from './types.ts'

export interface Peer {
  address: string
  port: number
  connected: Moment
  /** It speaks TLS with us. */
  secure?: true
  /** What the sender presented in the TLS handshake; absent: nothing, or it was not asked to. */
  clientCertificate?: ClientCertificate
  /** The sender was let in only to be told why it is refused. */
  refusal?: Trouble
  /** Ends the connection with a TCP reset instead of an orderly end, also below TLS. */
  reset(): void
}

const NO_HEADERS: readonly RawHeader[] = []
const PLAIN = {}

/** Node's flat list of names and values as pairs; order, case and repeats stay. */
export function headerPairs(flat: readonly string[]): readonly RawHeader[] {
  if (flat.length === 0) return NO_HEADERS
  const pairs: RawHeader[] = []
  for (let index = 1; index < flat.length; index += 2) {
    pairs.push([flat[index - 1] ?? '', flat[index] ?? ''])
  }
  return pairs
}

export function headOf(request: IncomingMessage, peer: Peer, receivedAtMs: number): CapturedHead {
  return {
    receivedAtMs,
    remoteAddress: peer.address,
    remotePort: peer.port,
    httpVersion: request.httpVersion,
    method: request.method ?? '',
    target: request.url ?? '',
    rawHeaders: headerPairs(request.rawHeaders),
    ...presented(peer),
  }
}

/** A head says so only where there is something to say. */
export function presented({
  secure,
  clientCertificate,
}: Peer): Pick<CapturedHead, 'secure' | 'clientCertificate'> {
  if (secure === undefined) return PLAIN
  return clientCertificate === undefined ? { secure } : { secure, clientCertificate }
}

/**
 * A head for bytes that the parser refused. The request line is taken where it can be read, so that
 * the delivery finds its endpoint; headers are not: the body holds everything as it came.
 */
export function headOfRefused(bytes: Buffer, peer: Peer, receivedAtMs: number): CapturedHead {
  const line =
    /^(?:\r?\n)*([!#$%&'*+.^_`|~\w-]{1,64}) ([\x21-\x7e]{1,8192}) HTTP\/(\d\.\d)\r?\n/.exec(
      bytes.toString('latin1', 0, 8300),
    )
  return {
    receivedAtMs,
    remoteAddress: peer.address,
    remotePort: peer.port,
    httpVersion: line?.[3] ?? '',
    method: line?.[1] ?? '',
    target: line?.[2] ?? '',
    rawHeaders: NO_HEADERS,
    ...presented(peer),
  }
}

/** The bytes that Content-Length announces; `null` without it. */
export function announcedByteLength(request: IncomingMessage): number | null {
  const text = request.headers['content-length']
  return text === undefined ? null : Number(text)
}

/**
 * Why it cannot be told for certain where a request ends, though the parser thinks it can: then it is
 * refused, and nothing more is taken on its connection (RFC 9112 §6.1: HTTP/1.0 knows no codings;
 * §2.3: other versions may frame otherwise).
 *
 * @param raw the bytes of the head
 */
export function framingTrouble(
  { httpVersion, headers }: IncomingMessage,
  raw: () => Buffer,
): Trouble | null {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    return malformed(`HTTP version ${httpVersion} is not spoken here, only 1.1 and 1.0.`)
  }
  const coding = headers['transfer-encoding']
  if (coding === undefined) return null
  if (httpVersion === '1.0') {
    return malformed('HTTP/1.0 has no Transfer-Encoding: where this body ends cannot be told.')
  }
  if (coding.trim().toLowerCase() !== 'chunked') {
    return malformed(
      `Transfer-Encoding “${coding.slice(0, 60)}”: only “chunked” is understood here.`,
    )
  }
  // Beside an Upgrade the parser takes what it reads as no coding for the end of the request.
  if (headers.upgrade === undefined || isChunked(headText(raw()))) return null
  return malformed('The Transfer-Encoding line has a tab or another sign beside “chunked”.')
}

function headText(bytes: Buffer): string {
  const end = bytes.indexOf('\r\n\r\n')
  return bytes.toString('latin1', 0, end + '\r\n'.length)
}

/** RFC 9112 §3.2: exactly one Host line in HTTP/1.1, else 400. */
export function hostTrouble(head: CapturedHead): Trouble | null {
  if (head.httpVersion !== '1.1') return null
  let lines = 0
  for (const [name] of head.rawHeaders) {
    if (name.length === 4 && name.toLowerCase() === 'host') lines += 1
  }
  if (lines === 1) return null
  if (lines > 1) return malformed('The request has more than one Host header.')
  return {
    problem: 'missing-host',
    detail: 'HTTP/1.1 requires a Host header; this request has none.',
    requiredStatus: 400,
  }
}

/** Upgrade is an offer that a server may ignore (RFC 9110 §7.8): noted, then read as usual. */
export function upgradeTrouble(request: IncomingMessage): Trouble | null {
  const protocol = request.headers.upgrade
  if (protocol === undefined) return null
  return {
    problem: 'upgrade',
    detail: `The sender offered to switch to ${protocol}; Countersign stays with HTTP/1.1.`,
    requiredStatus: null,
  }
}
