/** When something was, by both clocks. */
export interface Moment {
  /** Unix milliseconds, as the machine's clock said. */
  wallMs: number
  /** Milliseconds of a clock that nobody sets (performance.now). */
  monotonicMs: number
}

/** What the two may differ by since a moment without anybody having set the clock. */
const SLACK_MS = 1000

export function momentNow(): Moment {
  return { wallMs: Date.now(), monotonicMs: performance.now() }
}

/**
 * Unix milliseconds of now, for what is measured from `start`: where the clock was set meanwhile,
 * the time that really passed counts, so that no duration is negative or an hour too long.
 */
export function wallMsSince(start: Moment, now: Moment = momentNow()): number {
  const passedMs = now.monotonicMs - start.monotonicMs
  const differsMs = now.wallMs - start.wallMs - passedMs
  return Math.abs(differsMs) < SLACK_MS ? now.wallMs : Math.round(start.wallMs + passedMs)
}

/** Unix milliseconds of an earlier moment, as a clock that nobody sets counts back from `end`. */
export function wallMsBefore(end: Moment, earlier: Moment): number {
  const passedMs = end.monotonicMs - earlier.monotonicMs
  const differsMs = end.wallMs - earlier.wallMs - passedMs
  return Math.abs(differsMs) < SLACK_MS ? earlier.wallMs : Math.round(end.wallMs - passedMs)
}
