import type { SendOutcome } from '#engine/replay/send.ts'
import type { ReplayOutcome, ReplayTimings } from '#engine/store/types.ts'

/** What is stored of an attempt; of a long answer the store keeps the beginning. */
export function outcomeToStore(outcome: SendOutcome): {
  outcome: ReplayOutcome
  timings: ReplayTimings
} {
  const { timings } = outcome
  if ('error' in outcome) return { outcome: { error: outcome.error }, timings }
  const { bodyBytes, bodyByteLength, status, statusMessage, rawHeaders } = outcome.answer
  const answer = { status, statusMessage, rawHeaders, body: bodyBytes, bodyByteLength }
  return { outcome: { answer }, timings }
}
