import type { Signing } from '#contract/replay.ts'
import type { PreparedDelivery } from '#engine/judging/prepare-delivery.ts'
import type { SendOutcome } from '#engine/replay/send.ts'
import type { NewReplayRow, ReplayOutcome } from '#engine/store/types.ts'

/** What is stored of a prepared delivery before it is sent. */
export function rowOf(
  prepared: PreparedDelivery,
  asked: { deliveryId: number; url: string; resign: boolean },
  startedAtMs: number,
): NewReplayRow {
  const { method, target, rawHeaders, body } = prepared.request
  return {
    deliveryId: asked.deliveryId,
    origin: 'replay',
    changed: prepared.changed,
    startedAtMs,
    url: asked.url,
    resigned: asked.resign,
    messageId: prepared.messageId,
    method,
    target,
    rawHeaders,
    body: prepared.bodyAsDelivered ? 'as-delivered' : body,
  }
}

/** What is stored of how it ended. */
export function outcomeToStore(outcome: SendOutcome): ReplayOutcome {
  if ('error' in outcome) return { error: outcome.error }
  const { bodyBytes, ...answer } = outcome.answer
  return { answer: { ...answer, body: bodyBytes } }
}

/** The signing of a larger input alone, without what a worker thread cannot be handed. */
export function signingOf(input: Signing): Signing {
  const { resign, messageId, timestamp, secretId, secretText } = input
  return {
    resign,
    messageId,
    timestamp,
    ...(secretId !== undefined && { secretId }),
    ...(secretText !== undefined && { secretText }),
  }
}
