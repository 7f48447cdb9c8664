import type { Tolerance } from '#contract/verification.ts'

/** Positions on the gauge, 0 (far past) to 1 (far future). */
export interface Gauge {
  /** Where the tolerance begins and ends; 0 or 1 where that side has no end. */
  from: number
  to: number
  /** The moment of receipt. */
  zero: number
  dot: number
  /** The timestamp lies beyond what is drawn, on this side. */
  beyond: 'past' | 'future' | null
}

/** How much wider than the tolerance the gauge is drawn, on each side. */
const MARGIN = 1.35
const WITHOUT_LIMIT_SECONDS = 300

/**
 * Lays a skew (timestamp minus receipt, seconds) out against a tolerance. The tolerance always
 * fills the middle of the gauge; a timestamp far outside is pinned to the edge and marked.
 */
export function layGauge(skewSeconds: number, tolerance: Tolerance | null): Gauge {
  const past = tolerance?.pastSeconds ?? null
  const future = tolerance?.futureSeconds ?? null
  const fallback = Math.max(past ?? future ?? WITHOUT_LIMIT_SECONDS, 1)
  const low = -(past === null ? fallback : Math.max(past, 1)) * MARGIN
  const high = (future === null ? fallback : Math.max(future, fallback / 4, 1)) * MARGIN
  const at = (seconds: number) => (seconds - low) / (high - low)
  const beyond = skewSeconds < low ? 'past' : skewSeconds > high ? 'future' : null
  return {
    from: past === null ? 0 : at(-past),
    to: future === null ? 1 : at(future),
    zero: at(0),
    dot: Math.min(1, Math.max(0, at(skewSeconds))),
    beyond,
  }
}
