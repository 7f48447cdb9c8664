/** Readings of the two clocks, milliseconds. */
export interface ClockReadings {
  readonly wallMs: () => number
  readonly monotonicMs: () => number
}

/** The two clocks may differ by so much without anybody noticing. */
const SLACK_MS = 5_000
/** So long the wall clock has to stay where it was set before it is believed. */
const BELIEVED_AFTER_MS = 600_000

const readings: ClockReadings = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}

/**
 * The wall clock, but where it is set, or the machine slept, it goes on as if nothing had been for
 * ten minutes: a removal can be undone as long as was promised, and a clock that is wrong for a
 * moment does not make everything too old at once, or nothing for hours.
 */
export function createSteadyClock({ wallMs, monotonicMs } = readings): () => number {
  let from = { wallMs: wallMs(), monotonicMs: monotonicMs() }
  let differsSinceMs: number | null = null
  return () => {
    const now = { wallMs: wallMs(), monotonicMs: monotonicMs() }
    const steadyMs = from.wallMs + (now.monotonicMs - from.monotonicMs)
    const differs = Math.abs(now.wallMs - steadyMs) > SLACK_MS
    if (differs) differsSinceMs ??= now.monotonicMs
    else differsSinceMs = null
    const doubted = differsSinceMs !== null && now.monotonicMs - differsSinceMs < BELIEVED_AFTER_MS
    if (doubted) return steadyMs
    from = now
    differsSinceMs = null
    return now.wallMs
  }
}
