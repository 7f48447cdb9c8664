import type { CaptureProblem } from '#contract/delivery.ts'
import type { ForwardTarget } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import type { NewForward, PlannedAnswer } from '#engine/store/types.ts'
import type { ForwardingConfig } from './config.ts'
import { textAnswer } from './gateway-answer.ts'
import { loopSentence } from './loops.ts'

/** What is known of a request when it is judged. */
export interface Arrived {
  endpointId: number | null
  rawHeaders: readonly RawHeader[]
  problem: CaptureProblem | null
  /**
   * What its endpoint answers; `null`: what the target says, or nobody is there to be answered (then
   * `problem` says so).
   */
  answer: PlannedAnswer | null
  /** The endpoint has no answer of its own: with `before-answer` the target's counts. */
  asksTarget: boolean
}

/** What is written with the delivery. */
export interface ForwardPlan {
  /** `null`: open until the target has answered, or nobody is there to be answered. */
  answer: PlannedAnswer | null
  forwards?: readonly NewForward[]
}

/** Whether requests may go to this target now. */
type MaySend = (target: ForwardTarget) => boolean

/**
 * Decides where a delivery goes and whether its sender waits for that. A request that goes in
 * circles is answered 508 (RFC 5842 §7.2) and goes nowhere; one that did not come whole neither.
 */
export function planForwards(
  arrived: Arrived,
  config: Pick<ForwardingConfig, 'of'>,
  instanceId: string,
  maySend: MaySend,
  nowMs: number,
): ForwardPlan {
  const { endpointId, problem } = arrived
  const loop = loopSentence(arrived.rawHeaders, instanceId)
  const hears = problem !== 'sender-gone' && problem !== 'tls-hello'
  const answer = arrived.answer ?? (hears ? DEFAULT : null)
  const refuses = loop !== null && hears && answer?.by !== 'http'
  const decided: PlannedAnswer | null = refuses ? { ...textAnswer(508, loop), by: 'loop' } : answer
  const found = config.of(endpointId)
  const targets = found?.forwarding.targets.filter(({ enabled }) => enabled) ?? []
  if (found === null || targets.length === 0) return { answer: decided }
  const never = loop ?? unfitSentence(problem)
  if (never !== null) return { answer: decided, forwards: targets.map(dropped(never)) }
  const { when, paused } = found.forwarding
  const waits = when === 'before-answer' && !paused && isOpen(arrived, found.forRun)
  const [first, ...others] = targets
  const later = others.map(waiting(nowMs))
  if (!first) return { answer }
  if (!waits || !maySend(first)) return { answer, forwards: [waiting(nowMs)(first), ...later] }
  const now: NewForward = { url: first.url, state: 'sending', nextAtMs: null, detail: null }
  return { answer: null, forwards: [now, ...later] }
}

/** What HTTP demands, a handshake, and a failure by chance are answered without the target. */
function isOpen({ answer, asksTarget }: Arrived, forRun: boolean): boolean {
  if (answer === null) return true
  if (['http', 'challenge', 'failure'].includes(answer.by)) return false
  return asksTarget || forRun
}

const DEFAULT: PlannedAnswer = { status: 200, rawHeaders: [], by: 'default' }

function unfitSentence(problem: CaptureProblem | null): string | null {
  if (problem === null || problem === 'upgrade') return null
  return 'It did not come as one whole request, so there is nothing to send on.'
}

const waiting =
  (nextAtMs: number) =>
  ({ url }: ForwardTarget): NewForward => ({ url, state: 'waiting', nextAtMs, detail: null })

const dropped =
  (detail: string) =>
  ({ url }: ForwardTarget): NewForward => ({ url, state: 'dropped', nextAtMs: null, detail })
