import type { ReplayOutcome } from '#engine/store/types.ts'
import type { SendOutcome } from '#engine/replay/send.ts'

/** What is stored of how a request ended; of a long answer the store keeps the beginning. */
export function outcomeToStore(outcome: SendOutcome): ReplayOutcome {
  if ('error' in outcome) return { error: outcome.error }
  const { bodyBytes, ...answer } = outcome.answer
  return { answer: { ...answer, body: bodyBytes } }
}
