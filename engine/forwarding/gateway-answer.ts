import type { RawHeader } from '#contract/http.ts'
import { withoutHopByHop } from '#engine/replay/hop-by-hop.ts'
import type { SendOutcome, SentAnswer } from '#engine/replay/send.ts'

/** The largest answer that is passed through: it is held in memory until its outcome is stored. */
export const MOST_ANSWER_BYTES = 32 * 1024 * 1024

/** What the sender hears of a forward. */
export interface GatewayAnswer {
  status: number
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
}

/**
 * What the target said: status, end-to-end headers in order and case, and body; framing is ours. Or
 * why it said nothing: 504 at the deadline, else 502 (RFC 9110 §15.6.3 and §15.6.5).
 *
 * @param method of the request: HEAD is answered with the length of what GET would bring
 */
export function gatewayAnswer(outcome: SendOutcome, method: string): GatewayAnswer {
  if ('error' in outcome) {
    return outcome.code === 'TIMEOUT'
      ? textAnswer(504, `The forwarding target was too slow. ${outcome.error}`)
      : textAnswer(502, `The forwarding target could not be reached. ${outcome.error}`)
  }
  const { answer } = outcome
  const problem = passingProblem(answer)
  if (problem !== null) return textAnswer(502, problem)
  const { status, bodyBytes } = answer
  const rawHeaders = withoutHopByHop(answer.rawHeaders).filter(
    ([name]) => !isFraming(name, method === 'HEAD' || status === 304),
  )
  return { status, rawHeaders, body: hasBody(status, method) ? bodyBytes : EMPTY }
}

/** One or more sentences as an answer that says who speaks. */
export function textAnswer(status: number, text: string): GatewayAnswer {
  return {
    status,
    rawHeaders: [['Content-Type', 'text/plain; charset=utf-8']],
    body: Buffer.from(`Countersign: ${text}\n`),
  }
}

const EMPTY = new Uint8Array(0)

function passingProblem({ status, truncated, rawHeaders }: SentAnswer): string | null {
  if (status < 200) {
    return `The forwarding target answered ${status}, which ends no request.`
  }
  if (truncated) {
    return `The answer of the forwarding target is larger than ${MOST_ANSWER_BYTES / 1024 / 1024} MiB and is not passed through.`
  }
  const bad = rawHeaders.find(([, value]) => !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
  return bad === undefined
    ? null
    : 'The forwarding target answered with a header that HTTP cannot carry.'
}

/** Content-Length of what has no body here is a statement about the resource (RFC 9110 §8.6). */
function isFraming(name: string, keepsLength: boolean): boolean {
  const lower = name.toLowerCase()
  if (lower === 'content-length') return !keepsLength
  return lower === 'transfer-encoding' || lower === 'trailer'
}

function hasBody(status: number, method: string): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304
}
