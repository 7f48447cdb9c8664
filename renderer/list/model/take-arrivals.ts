import type { HeldList } from './held-list.ts'
import { PAGE_ROWS } from './page-cache.ts'
import { newestFirst } from './snapshot.ts'

/** Rows away from the eye within which arrivals are kept, not only counted. */
const NEAR = 5 * PAGE_ROWS

/** Shows everything that arrived above the first row. */
export function showArrivals(list: HeldList): void {
  if (!list.snapshot) return
  const { arrivals } = list.snapshot
  list.shownUpTo = arrivals.topId
  list.set({ top: -arrivals.count, unseen: 0 })
}

/** Asks for what arrived: shows it where the person follows the newest, else counts it. */
export async function takeArrivals(list: HeldList): Promise<void> {
  const { snapshot, signal } = list
  if (!snapshot) return
  const { arrivals, cache } = snapshot
  await arrivals.advance(list.newestId, signal, (rows, from) => {
    if (snapshot !== list.snapshot) return
    if (!newestFirst(list.view)) {
      list.set({ unseen: arrivals.count })
      return
    }
    const eye = list.follows ? from : list.visible.from
    if (Math.abs(from - eye) <= NEAR) cache.put(from, rows, eye)
    if (list.follows) showArrivals(list)
    else list.set({ unseen: list.state.top - from })
  })
}
