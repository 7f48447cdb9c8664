import { fieldsOf, type RawHeader } from '#contract/http.ts'
import { withoutHopByHop } from './hop-by-hop.ts'
import { type OutgoingRequest, writingProblem } from './outgoing-request.ts'
import { replayTarget } from './replay-target.ts'

/** What is sent again. */
export interface ReplayedDelivery {
  method: string
  target: string
  /** As captured; `1.1` when it is left out. */
  httpVersion?: string
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
}

export interface BuildInput {
  delivery: ReplayedDelivery
  url: string
  /** The request target as it is to stand; absent: what URL and captured target make. */
  target?: string
  hopByHop?: 'keep' | 'drop'
  /** `keep`: Host stands as it does in the list, or not at all. */
  host?: 'rewrite' | 'keep'
  /** `keep`: Content-Length and Transfer-Encoding stand as they do in the list, even if they lie. */
  framing?: 'right' | 'keep'
}

/**
 * Builds the request of a replay: the delivery as it came, header lines in order, with case and
 * repeats, and the body bytes. What differs from the captured request:
 *
 * - Host names the new target, in the place of the old one.
 * - Pseudo headers of HTTP/2 are gone.
 * - Path and query as {@link replayTarget} says.
 * - Chunk framing is not reproduced: Content-Length stands where Transfer-Encoding stood, and Trailer
 *   is gone. A Content-Length that is not the body's (the body was cut) is put right. With `framing:
 *   'keep'` the lines stay, and a chunked body goes out as one chunk.
 * - With `hopByHop: 'drop'`, for forwarding, everything that RFC 9110 §7.6.1 says an intermediary
 *   must not pass on. A replay is not an intermediary but the sender once more, so it keeps them.
 */
export function buildReplay(input: BuildInput): OutgoingRequest | { problem: string } {
  const { delivery, url } = input
  const place = replayTarget(url, delivery.target)
  if ('problem' in place) return place
  const fields = fieldsOf(delivery.rawHeaders)
  const kept = input.hopByHop === 'drop' ? withoutHopByHop(fields) : fields
  const framed =
    input.framing === 'keep' ? [...kept] : withContentLength(kept, delivery.body.length)
  const request: OutgoingRequest = {
    url,
    method: delivery.method,
    target: input.target ?? place.target,
    httpVersion: delivery.httpVersion === '1.0' ? '1.0' : '1.1',
    rawHeaders: input.host === 'keep' ? framed : withHost(framed, place.host),
    body: delivery.body,
    ...(input.framing === 'keep' && saysChunked(framed) && { chunked: true }),
  }
  const problem = writingProblem(request)
  return problem === null ? request : { problem }
}

/** The last transfer coding is `chunked` (RFC 9112 §6.3). */
export function saysChunked(rawHeaders: readonly RawHeader[]): boolean {
  return rawHeaders
    .filter(([name]) => name.toLowerCase() === 'transfer-encoding')
    .some(([, value]) => /(?:^|,)[ \t]*chunked[ \t]*$/i.test(value))
}

/** The first Host is rewritten in its place, others are dropped; without one it becomes the first header. */
function withHost(rawHeaders: readonly RawHeader[], host: string): RawHeader[] {
  const first = rawHeaders.findIndex(([name]) => name.toLowerCase() === 'host')
  if (first === -1) return [['Host', host], ...rawHeaders]
  return rawHeaders.flatMap(([name, value], index): RawHeader[] => {
    if (index === first) return [[name, host]]
    return name.toLowerCase() === 'host' ? [] : [[name, value]]
  })
}

const framing = new Set(['content-length', 'transfer-encoding'])

/** One Content-Length in the place of the first framing header; none is added to an empty body that had none. */
function withContentLength(rawHeaders: readonly RawHeader[], byteLength: number): RawHeader[] {
  const headers = rawHeaders.filter(([name]) => name.toLowerCase() !== 'trailer')
  const first = headers.findIndex(([name]) => framing.has(name.toLowerCase()))
  if (first === -1) {
    return byteLength === 0 ? headers : [...headers, ['Content-Length', String(byteLength)]]
  }
  return headers.flatMap(([name, value], index): RawHeader[] => {
    if (index === first) return [contentLength(name, value, byteLength)]
    return framing.has(name.toLowerCase()) ? [] : [[name, value]]
  })
}

/** Kept as written while it says the right number. */
function contentLength(name: string, value: string, byteLength: number): RawHeader {
  if (name.toLowerCase() !== 'content-length') return ['Content-Length', String(byteLength)]
  return /^\d+$/.test(value) && Number(value) === byteLength
    ? [name, value]
    : [name, String(byteLength)]
}
