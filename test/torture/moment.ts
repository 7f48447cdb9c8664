import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from './chance.ts'

/** Nobody waits longer for what does not come. */
const PATIENCE_MS = 15_000
/** An event-loop turn and a commit are shorter than this. */
const AFTERWARDS_MS = 12

/** Counts answers, so that a moment does not depend on how busy the machine is. */
export interface Tally {
  came(this: void): void
  /** Resolves within the answer that is the how-manieth, or a little later; 0: at once. */
  moment(this: void, chance: Chance, most: number): Promise<void>
}

export function createTally(): Tally {
  let count = 0
  let waiting: { for: number; resolve: () => void } | null = null
  return {
    came() {
      count += 1
      if (waiting !== null && count >= waiting.for) waiting.resolve()
    },
    async moment(chance, most) {
      const many = chance.below(most + 1)
      const afterwardsMs = chance.below(AFTERWARDS_MS)
      const reached = new Promise<void>((resolve) => {
        if (count >= many) resolve()
        else waiting = { for: many, resolve }
      })
      const late = new AbortController()
      await Promise.race([
        reached,
        sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined),
      ])
      late.abort()
      await sleep(afterwardsMs)
    },
  }
}
