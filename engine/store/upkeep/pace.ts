import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Signals } from './signals.ts'

/** Without a commit for so long, capture is at rest. */
export const REST_MS = 150
/** While it is not, so few rows may wait for a rest … */
export const PATIENT_ROWS = 500
/** … and not for longer than this. */
export const PATIENT_MS = 2_000

/** Shares of the time, by how far the index is behind: bounded, so that capture comes first. */
const SHARES: readonly { behind: number; share: number }[] = [
  { behind: 50_000, share: 0.4 },
  { behind: 10_000, share: 0.25 },
  { behind: 0, share: 0.12 },
]

/** Decides when background work may take its next step. */
export interface Pace {
  atRest(): boolean
  /** Whether rows that wait to be indexed can go on waiting for a rest of capture. */
  canWait(rows: number): boolean
  /** Lets capture have its turn after a step; `share` is what upkeep may take while it is busy. */
  yield(tookMs: number, share: number): Promise<void>
}

/** The share of the time that indexing takes while deliveries arrive. */
export function shareFor(behind: number): number {
  return SHARES.find((each) => behind >= each.behind)?.share ?? 0
}

export function createPace(signals: Signals, now: () => number = () => performance.now()): Pace {
  let seen = signals.commits()
  let lastMs = Number.NEGATIVE_INFINITY
  let waitingSinceMs: number | null = null

  const look = () => {
    const commits = signals.commits()
    if (commits !== seen) {
      seen = commits
      lastMs = now()
    }
  }
  const atRest = () => {
    look()
    return now() - lastMs >= REST_MS
  }
  return {
    atRest,
    canWait(rows) {
      if (rows === 0 || atRest()) {
        waitingSinceMs = null
        return false
      }
      waitingSinceMs ??= now()
      return rows < PATIENT_ROWS && now() - waitingSinceMs < PATIENT_MS
    },
    async yield(tookMs, share) {
      if (atRest()) await setImmediate()
      else await setTimeout(Math.min(250, Math.max(1, tookMs * (1 / share - 1))))
    },
  }
}
