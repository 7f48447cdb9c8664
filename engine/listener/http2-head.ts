import type { RawHeader } from '#contract/http.ts'
import type { Trouble } from './problems.ts'
import { headerPairs, type Peer, presented } from './request-head.ts'
import type { CapturedHead } from './types.ts'

/** As much as a head of HTTP/1 may have. */
const MAX_HEAD_BYTES = 64 * 1024
/** RFC 9113 §6.5.2: what a header counts beside its name and value. */
const OVERHEAD_BYTES = 32

/**
 * Node's flat list of a request of HTTP/2 as a head. `:method` and `:path` are the request line;
 * `:authority` and `:scheme` stay where they stood among the headers, whose names never begin with
 * a colon (RFC 9110 §5.1, RFC 9113 §8.3).
 */
export function http2Head(flat: readonly string[], peer: Peer, receivedAtMs: number): CapturedHead {
  const rawHeaders: RawHeader[] = []
  let [method, target, authority] = ['', '', '']
  for (const pair of headerPairs(flat)) {
    const [name, value] = pair
    if (name === ':method') method = value
    else if (name === ':path') target = value
    else rawHeaders.push(pair)
    if (name === ':authority') authority = value
  }
  return {
    receivedAtMs,
    remoteAddress: peer.address,
    remotePort: peer.port,
    httpVersion: '2',
    method,
    // RFC 9113 §8.5: a CONNECT has an authority alone.
    target: target === '' ? authority : target,
    rawHeaders,
    ...presented(peer),
  }
}

/** What is wrong with a head of HTTP/2 that can be read. */
export function http2Trouble({ method, target, rawHeaders }: CapturedHead): Trouble | null {
  if (method === 'CONNECT') {
    const detail = `The sender takes this port for a proxy and asks for a tunnel to ${target}.`
    return { problem: 'connect', detail, requiredStatus: 501 }
  }
  let bytes = method.length + target.length
  for (const [name, value] of rawHeaders) bytes += name.length + value.length + OVERHEAD_BYTES
  if (bytes <= MAX_HEAD_BYTES) return null
  return {
    problem: 'headers-too-large',
    detail: 'The headers are larger than 64 KiB.',
    requiredStatus: 431,
  }
}

/** RFC 9110 §10.1.1. */
export function expectsContinue({ rawHeaders }: CapturedHead): boolean {
  return rawHeaders.some(
    ([name, value]) => name === 'expect' && value.toLowerCase() === '100-continue',
  )
}
