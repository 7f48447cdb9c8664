import type { Batch } from '#contract/replay.ts'
import { createLatencies } from './latencies.ts'

/** How one of many went. */
export type Ended =
  | { status: number; totalMs: number }
  /** No answer, or it could not be built or signed. */
  | { error: string }
  /** It was under way when the batch was cancelled. */
  | { cancelled: true }
  /** The delivery was deleted meanwhile: nothing was sent. */
  | { skipped: true }

export type Counts = Pick<Batch, 'sent' | 'failed' | 'outcomes' | 'latencyMs'>

/** What a bulk replay counts. */
export interface Progress {
  add(ended: Ended): void
  counts(): Counts
  readonly skipped: number
}

export function isFailure(ended: Ended): boolean {
  return 'error' in ended || ('status' in ended && ended.status >= 400)
}

export function createProgress(): Progress {
  const latencies = createLatencies()
  const outcomes = new Map<string, number>()
  let sent = 0
  let failed = 0
  let skipped = 0
  return {
    add(ended) {
      if ('skipped' in ended) skipped++
      else sent++
      if (isFailure(ended)) failed++
      if ('status' in ended) latencies.add(ended.totalMs)
      const outcome = outcomeOf(ended)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    },
    counts: () => ({
      sent,
      failed,
      outcomes: [...outcomes]
        .map(([outcome, count]) => ({ outcome, count }))
        .sort((a, b) => b.count - a.count || (a.outcome < b.outcome ? -1 : 1)),
      latencyMs: latencies.summary(),
    }),
    get skipped() {
      return skipped
    },
  }
}

function outcomeOf(ended: Ended): string {
  if ('status' in ended) return String(ended.status)
  if ('error' in ended) return 'error'
  return 'cancelled' in ended ? 'cancelled' : 'skipped'
}
