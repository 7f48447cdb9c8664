import type { ListPosition } from '#contract/delivery.ts'
import type { Budget } from './budget.ts'
import type { Tally } from './types.ts'
import type { Walk } from './walk.ts'

/** Rows from one anchor to the next. */
export const ANCHOR_ROWS = 1_000

/** Counts what a walk has in front of it, as far as the budget allows. */
export function tallyWalk(walk: Walk, sinceAnchor: number, budget: Budget): Tally {
  const counter = new Counter(sinceAnchor)
  if (walk.jump) {
    for (;;) {
      const missing = ANCHOR_ROWS - counter.sinceAnchor
      const position = walk.jump(missing)
      if (position === null) break
      counter.add(missing, position)
      if (budget.spent()) return counter.result(position)
    }
  }
  for (;;) {
    const step = walk.next(budget)
    if (step === 'end') return counter.result(null)
    if (step === 'time') return counter.result(walk.position())
    counter.add(1, walk)
    if (budget.spent()) return counter.result(walk.position())
  }
}

class Counter {
  sinceAnchor: number
  #count = 0
  readonly #anchors: ListPosition[] = []

  constructor(sinceAnchor: number) {
    this.sinceAnchor = sinceAnchor
  }

  add(rows: number, at: ListPosition | Walk): void {
    this.#count += rows
    this.sinceAnchor += rows
    if (this.sinceAnchor < ANCHOR_ROWS) return
    this.#anchors.push('position' in at ? at.position() : at)
    this.sinceAnchor = 0
  }

  result(countedTo: ListPosition | null): Tally {
    return {
      count: this.#count,
      anchors: this.#anchors,
      sinceAnchor: this.sinceAnchor,
      countedTo,
    }
  }
}
