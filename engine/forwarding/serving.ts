import type { SettledForward } from '#engine/store/forwards-table.ts'
import type { NewDelivery } from '#engine/store/types.ts'
import type { SendOutcome } from '#engine/replay/send.ts'
import { attempt, type Attempted } from './attempt.ts'
import { type Forwardable, justStored, readAgain } from './forwardable.ts'
import {
  type GatewayAnswer,
  gatewayAnswer,
  MOST_ANSWER_BYTES,
  textAnswer,
} from './gateway-answer.ts'
import { gapsOf, type Standing, standingAfter } from './retry.ts'
import type { ForwardingRooms } from './rooms.ts'
import { outcomeToStore } from '#engine/judging/stored-outcome.ts'

/** A forward whose sender waits for what the target says. */
export interface Served {
  forwardId: number
  deliveryId: number
  url: string
  delivery: NewDelivery
  committedAtMs: number
}

/** What a sender hears whose outcome could not be stored: come again (RFC 9110 §15.6.4). */
export const NOT_STORED = withRetryAfter(
  textAnswer(503, 'The outcome of forwarding could not be stored. Please send it again.'),
)
const CLOSING = withRetryAfter(
  textAnswer(
    503,
    'Countersign is closing and has not heard from the target. Please send it again.',
  ),
)
const CLOSED_DETAIL =
  'Countersign was closed before the target answered. Its sender got no answer of the target and will send it again.'

/** How a crash is told: closed at the next start. */
export const INTERRUPTED_DETAIL =
  'Countersign ended before the target answered. Its sender got no answer and will send it again.'

/**
 * Sends a delivery to its target, stores what came of it, and resolves with what its sender hears;
 * never rejects. The deadline counts from the commit.
 *
 * @param onRetry it failed and waits in the queue of its target now
 */
export async function serve(
  rooms: ForwardingRooms,
  served: Served,
  onRetry: () => void,
): Promise<GatewayAnswer> {
  const { forwardId, deliveryId, delivery, url } = served
  const endpointId = delivery.endpointId ?? 0
  const setup = rooms.config.ofLane({ endpointId, url })
  const scheme = rooms.config.schemeOf(delivery.endpointId, delivery.verification.schemeId)
  let made: Made
  if (setup === null) made = unmade('The target was taken away.')
  else {
    const deadlineMs = rooms.config.deadlineMs(setup.forwarding, scheme)
    const gaps = gapsOf(setup.forwarding.retry, scheme)
    made = await make(rooms, served, setup, { gaps, deadlineMs }).catch((error: unknown) =>
      unmade(error instanceof Error ? error.message : String(error)),
    )
  }
  const { standing, answer, attempt: attempted } = made
  const settled: SettledForward = {
    id: forwardId,
    deliveryId,
    ...standing,
    attempt: attempted && {
      replay: attempted.replay,
      replayId: attempted.replayId,
      outcome: outcomeToStore(attempted.outcome),
      timings: attempted.outcome.timings,
    },
    answer,
  }
  const stored = await rooms.writer.write(settled)
  if (standing.state === 'waiting') onRetry()
  return stored ? answer : NOT_STORED
}

interface Made {
  standing: Standing
  answer: GatewayAnswer
  attempt: Extract<Attempted, { outcome: SendOutcome }> | null
}

async function make(
  rooms: ForwardingRooms,
  { forwardId, deliveryId, delivery, committedAtMs }: Served,
  setup: NonNullable<ReturnType<ForwardingRooms['config']['ofLane']>>,
  { gaps, deadlineMs }: { gaps: readonly number[]; deadlineMs: number },
): Promise<Made> {
  const whole = justStored(deliveryId, delivery) ?? (await readBack(rooms, deliveryId))
  if ('problem' in whole) return unmade(whole.problem)
  const attempted = await attempt(whole, setup, rooms, {
    forwardId,
    timeoutMs: deadlineMs - (Date.now() - committedAtMs),
    maxAnswerBytes: MOST_ANSWER_BYTES,
    keepsConnection: true,
    signal: rooms.ending,
  })
  if ('problem' in attempted) return unmade(attempted.problem)
  if ('held' in attempted) return unmade(attempted.held)
  const { outcome } = attempted
  if ('code' in outcome && outcome.code === 'ABORTED') {
    const standing: Standing = { state: 'failed', nextAtMs: null, detail: CLOSED_DETAIL }
    return { standing, answer: CLOSING, attempt: attempted }
  }
  const standing = standingAfter(outcome, 1, gaps, Date.now())
  return { standing, answer: gatewayAnswer(outcome, delivery.method), attempt: attempted }
}

/** Nothing could be sent, and trying again would not change that. */
function unmade(why: string): Made {
  return {
    standing: { state: 'failed', nextAtMs: null, detail: why },
    answer: textAnswer(502, `Nothing could be sent to the forwarding target. ${why}`),
    attempt: null,
  }
}

async function readBack(
  { thread }: ForwardingRooms,
  id: number,
): Promise<Forwardable | { problem: string }> {
  try {
    const found = await thread.run('whole', { id })
    if (found) return readAgain(found.delivery, found.body)
    return { problem: 'The body of the delivery is missing from the data directory.' }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function withRetryAfter(answer: GatewayAnswer): GatewayAnswer {
  return { ...answer, rawHeaders: [...answer.rawHeaders, ['Retry-After', '5']] }
}
