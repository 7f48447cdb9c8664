import type { Forward, ForwardRetry } from '#contract/forwarding.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { SendOutcome } from '#engine/replay/send.ts'

/** Pauses between attempts, in seconds; empty: there is one attempt. */
export function gapsOf(retry: ForwardRetry, scheme: Scheme | null): readonly number[] {
  if (retry.kind === 'none') return []
  if (retry.kind === 'schedule') return retry.gapsSeconds
  return scheme?.retrySchedule?.gapsSeconds ?? []
}

export interface Standing {
  state: Extract<Forward['state'], 'done' | 'failed' | 'waiting'>
  nextAtMs: number | null
  detail: string | null
}

/**
 * How a forward stands after an attempt. No answer, 5xx, 408 and 429 are tried again while the
 * schedule lasts; anything else is the target's word. 508 says that it would come round again.
 *
 * @param attempts how many were made, with this one
 */
export function standingAfter(
  outcome: SendOutcome,
  attempts: number,
  gaps: readonly number[],
  nowMs: number,
): Standing {
  const failure = failureOf(outcome)
  if (failure === null) return { state: 'done', nextAtMs: null, detail: null }
  const gap = gaps[attempts - 1]
  if (gap === undefined || isLoop(outcome)) {
    return { state: 'failed', nextAtMs: null, detail: failure }
  }
  return { state: 'waiting', nextAtMs: nowMs + gap * 1000, detail: failure }
}

/** One sentence; `null`: the target took it. */
export function failureOf(outcome: SendOutcome): string | null {
  if ('error' in outcome) return outcome.error
  const { status } = outcome.answer
  const failed = status >= 500 || status < 200 || status === 408 || status === 429
  return failed ? `The target answered ${status}.` : null
}

function isLoop(outcome: SendOutcome): boolean {
  return 'answer' in outcome && outcome.answer.status === 508
}
