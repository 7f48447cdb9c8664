import type { ListPosition } from '#contract/delivery.ts'
import type { Budget } from './budget.ts'
import type { Walk } from './walk.ts'

export interface FoundPage {
  ids: number[]
  hasMore: boolean
  searchedTo: ListPosition | null
  /** Rows of `skip` that were not met yet when time ran out. */
  skipLeft: number
}

/** The next `limit` rows of a walk, without the first `skip`. */
export function findPage(walk: Walk, skip: number, limit: number, budget: Budget): FoundPage {
  const ids: number[] = []
  const found = { ids, searchedTo: null, skipLeft: 0 }
  let skipLeft = skip
  for (;;) {
    // A page that is full is not held up by looking whether there is more.
    if (ids.length === limit && budget.spent()) return { ...found, hasMore: true }
    const step = walk.next(budget)
    if (step === 'end') return { ...found, hasMore: false }
    if (ids.length === limit) return { ...found, hasMore: true }
    if (step === 'time') return { ids, hasMore: true, searchedTo: walk.position(), skipLeft }
    if (skipLeft > 0) skipLeft -= 1
    else ids.push(walk.position().id)
  }
}
