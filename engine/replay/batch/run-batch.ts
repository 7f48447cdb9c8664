import type { NewBatch } from '#contract/replay.ts'
import { createPacer } from './pacer.ts'
import { type Ended, isFailure } from './progress.ts'

/** One of many, in order. */
export interface BatchItem {
  id: number
  endpointId: number | null
  /** Unix milliseconds. */
  receivedAtMs: number
}

export interface BatchRun {
  /** Oldest first; `null`: it was deleted meanwhile. */
  items: AsyncIterable<BatchItem | null>
  how: Pick<NewBatch, 'pace' | 'concurrency' | 'stopOnFailure'>
  /**
   * Makes one ready and begins to send it. Resolves when its place in the order is taken; `ending`
   * tells how it went, and rejects when it could not be stored.
   */
  start(item: BatchItem): Promise<{ ending: Promise<Ended> }>
  onEnded(ended: Ended): void
  /** Ends it at once; aborting what is under way is `start`'s business. */
  signal: AbortSignal
}

/** The longest that one timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Sends many in order, at their pace, so many at once. Resolves when nothing is under way any more:
 * `done`, `stopped` at the first failure (what was under way by then still ends), or `cancelled`.
 * Rejects when something could not be stored.
 */
export async function runBatch(run: BatchRun): Promise<'done' | 'stopped' | 'cancelled'> {
  const { how, signal } = run
  const pacer = createPacer(how.pace)
  const underWay = new Set<Promise<void>>()
  // An object, since it changes while others are awaited.
  const seen: { stop: boolean; error: { reason: unknown } | null } = { stop: false, error: null }
  const ended = (outcome: Ended): void => {
    run.onEnded(outcome)
    if (how.stopOnFailure && isFailure(outcome)) seen.stop = true
  }
  const track = (ending: Promise<Ended>): void => {
    const tracked = ending
      .then(ended, (reason: unknown) => {
        seen.error ??= { reason }
      })
      .finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }
  const goesOn = (): boolean => !signal.aborted && !seen.stop && seen.error === null

  try {
    for await (const item of run.items) {
      if (!goesOn()) break
      if (item === null) {
        ended({ skipped: true })
        continue
      }
      await waitUntil(pacer.dueAt(item.receivedAtMs, performance.now()), signal, underWay, goesOn)
      while (underWay.size >= how.concurrency && goesOn()) await Promise.race(underWay)
      if (!goesOn()) break
      const { ending } = await run.start(item)
      track(ending)
    }
  } finally {
    await Promise.all(underWay)
  }
  if (seen.error) throw seen.error.reason
  if (signal.aborted) return 'cancelled'
  return seen.stop ? 'stopped' : 'done'
}

/** Until that moment of `performance.now()`, or until it does not go on. */
async function waitUntil(
  due: number,
  signal: AbortSignal,
  underWay: ReadonlySet<Promise<void>>,
  goesOn: () => boolean,
): Promise<void> {
  for (;;) {
    const left = due - performance.now()
    if (left <= 0 || !goesOn()) return
    const timer = sleep(Math.min(left, LONGEST_TIMER_MS), signal)
    // A failure ends the waiting where the first one stops everything.
    await Promise.race([timer.done, ...underWay])
    timer.clear()
  }
}

function sleep(ms: number, signal: AbortSignal): { done: Promise<void>; clear: () => void } {
  const ended = new AbortController()
  const end = (): void => ended.abort()
  const done = new Promise<void>((resolve) => {
    ended.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const timeout = setTimeout(end, ms)
  signal.addEventListener('abort', end, { once: true })
  return {
    done,
    clear: () => {
      clearTimeout(timeout)
      signal.removeEventListener('abort', end)
    },
  }
}
