import type { CheckExchange } from '#contract/check.ts'
import type { RawHeader } from '#contract/http.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { send, type SendOutcome, type SendTimings } from '#engine/replay/send.ts'
import { expectedSignatures } from './expected.ts'
import { type Leak, leakIn } from './leaks.ts'
import { createVeil } from './veil.ts'
import type { World } from './world.ts'

/** Of a body that was sent or came back, as text. */
const SHOWN_BYTES = 4096

/** A request and what came of it. */
export interface Sent {
  /** `null`: no answer came. */
  status: number | null
  /** At most the first 64 KiB of the answer's body. */
  bodyText: string
  contentType: string
  error: string | null
  /** As `SendOutcome.code`; `null`: it was answered. */
  code: string | null
  timings: SendTimings
  /** For the report, without secrets. */
  exchange: CheckExchange
}

/** Where the cases of one run do their sending. */
export interface Stage {
  world: World
  signal: AbortSignal
  /** How long one answer may take. */
  timeoutMs: number
  send(label: string, request: OutgoingRequest, options?: { timeoutMs?: number }): Promise<Sent>
  /** What answers gave away so far, with the exchange that did. */
  leaks: readonly { leak: Leak; exchange: CheckExchange }[]
}

/** A handler's answer that says: taken. */
export function isAccepted({ status }: Pick<Sent, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300
}

export function createStage(
  world: World,
  options: { timeoutMs: number; verifyTls: boolean; signal: AbortSignal },
): Stage {
  const veil = createVeil(world)
  const leaks: { leak: Leak; exchange: CheckExchange }[] = []
  return {
    world,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    leaks,
    async send(label, request, { timeoutMs = options.timeoutMs } = {}) {
      const expected = expectedSignatures(world, request)
      veil.learn(request, expected)
      const outcome = await send(request, {
        timeoutMs,
        maxAnswerBytes: 64 * 1024,
        signal: options.signal,
        rejectUnauthorized: options.verifyTls,
      })
      const exchange = recorded(label, veil.hide(request), outcome, (text) => veil.cover(text))
      if ('answer' in outcome) {
        const leak = leakIn(veil, expected, request, outcome.answer)
        if (leak) leaks.push({ leak, exchange })
      }
      return { ...readAnswer(outcome), timings: outcome.timings, exchange }
    },
  }
}

function readAnswer(outcome: SendOutcome): Omit<Sent, 'timings' | 'exchange'> {
  if ('error' in outcome) {
    const { error, code } = outcome
    return { status: null, bodyText: '', contentType: '', error, code }
  }
  const { status, rawHeaders, bodyBytes } = outcome.answer
  const type = rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const bodyText = Buffer.from(bodyBytes).toString('utf8')
  return { status, bodyText, contentType: type, error: null, code: null }
}

function recorded(
  label: string,
  request: OutgoingRequest,
  outcome: SendOutcome,
  cover: (text: string) => string,
): CheckExchange {
  const answer = 'answer' in outcome ? outcome.answer : null
  const covered = (headers: readonly RawHeader[]) =>
    headers.map(([name, value]): RawHeader => [name, cover(value)])
  return {
    label,
    method: request.method,
    target: cover(request.target),
    rawHeaders: covered(request.rawHeaders),
    bodyText: shown(request.body, cover),
    bodyByteLength: request.body.byteLength,
    answer: answer && {
      status: answer.status,
      rawHeaders: covered(answer.rawHeaders),
      bodyText: shown(answer.bodyBytes, cover),
      bodyByteLength: answer.bodyByteLength,
    },
    error: 'error' in outcome ? outcome.error : null,
    totalMs: outcome.timings.totalMs,
  }
}

/** Covered before it is cut: half a secret would not be found. */
function shown(bytes: Uint8Array, cover: (text: string) => string): string {
  const text = Buffer.from(bytes.subarray(0, 4 * SHOWN_BYTES)).toString('utf8')
  return cover(text).slice(0, SHOWN_BYTES)
}
