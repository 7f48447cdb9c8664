import type { Pace } from '#contract/replay.ts'

/** Timers are this coarse: so much may be caught up in one go, so that a rate is held. */
const CATCH_UP_MS = 100

/** When each of many requests may go out. */
export interface Pacer {
  /**
   * To be asked once for each, in order.
   * @param receivedAtMs when the delivery came, unix milliseconds
   * @param nowMs a clock that does not step back
   * @returns the moment on that clock
   */
  dueAt(receivedAtMs: number, nowMs: number): number
}

/**
 * `gaps` keeps the times between the deliveries, divided by the speed, counted from the first one:
 * what is late goes at once and the rest stays in time. `rate` spreads them evenly and does not make
 * up for a long stop with a burst. `free` lets all go at once.
 */
export function createPacer(pace: Pace): Pacer {
  if (pace.kind === 'free') return { dueAt: (_, nowMs) => nowMs }
  if (pace.kind === 'rate') {
    const gapMs = 1000 / pace.perSecond
    let next: number | null = null
    return {
      dueAt(_, nowMs) {
        const due = next === null ? nowMs : Math.max(next, nowMs - Math.max(CATCH_UP_MS, gapMs))
        next = due + gapMs
        return due
      },
    }
  }
  let first: { receivedAtMs: number; startedAt: number } | null = null
  return {
    dueAt(receivedAtMs, nowMs) {
      first ??= { receivedAtMs, startedAt: nowMs }
      // A clock that was set back between two deliveries makes no negative gap.
      const sinceFirst = Math.max(0, receivedAtMs - first.receivedAtMs)
      return first.startedAt + sinceFirst / pace.speed
    },
  }
}
