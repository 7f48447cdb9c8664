/** Readings of three clocks at one moment, milliseconds. */
export interface Clocks {
  /** Of the machine, since 1970; people and NTP set it. */
  wallMs: number
  /** Set by nobody; on some systems it stands still while the machine sleeps. */
  monotonicMs: number
  /** Since the machine was started, sleep included. */
  uptimeMs: number
}

/** What happened between two looks at the clocks that should have been short after another. */
export type Gap =
  /** The machine slept, or this process was stopped. */
  | { kind: 'stood'; ms: number }
  /** The clock was set, forward or (negative) back. */
  | { kind: 'clock-set'; ms: number }

/** Less than that happens on a busy machine, and NTP does it by itself. */
const NOTICED_MS = 5000

/** @param everyMs how long after the earlier look the later one was due */
export function gapsBetween(earlier: Clocks, later: Clocks, everyMs: number): Gap[] {
  const passed = (clock: keyof Clocks) => later[clock] - earlier[clock]
  const reallyMs = Math.max(passed('monotonicMs'), passed('uptimeMs'))
  const stoodMs = reallyMs - everyMs
  const setMs = passed('wallMs') - reallyMs
  const gaps: Gap[] = []
  if (stoodMs > NOTICED_MS) gaps.push({ kind: 'stood', ms: stoodMs })
  if (Math.abs(setMs) > NOTICED_MS) gaps.push({ kind: 'clock-set', ms: setMs })
  return gaps
}
