import type { HeldList } from './held-list.ts'
import { fetchWhole } from './list-source.ts'
import { PAGE_ROWS } from './page-cache.ts'
import { continued, type Snapshot } from './snapshot.ts'

/** Rows around what is visible that are fetched with it. */
export const MARGIN = 40

/**
 * Fetches pages on the screen that are missing or stale, one after the other; where the eye moves
 * on meanwhile, it goes on there.
 * @returns whether the list turned out to be other than it was counted
 */
export async function fetchWanted(list: HeldList): Promise<boolean> {
  const tried = new Set<number>()
  let other = false
  for (;;) {
    const { snapshot, visible, state } = list
    if (!snapshot || list.restless) return other
    const from = Math.max(state.top, visible.from - MARGIN)
    const to = Math.min(snapshot.counted, visible.to + MARGIN)
    const page = snapshot.cache.wanted(from, to).find((wanted) => !tried.has(wanted))
    if (page === undefined) return other
    tried.add(page)
    other = (await fetchPage(list, snapshot, page)) || other
  }
}

async function fetchPage(list: HeldList, snapshot: Snapshot, page: number): Promise<boolean> {
  const start = Math.max(page * PAGE_ROWS, -snapshot.arrivals.count)
  const limit = Math.min((page + 1) * PAGE_ROWS, snapshot.counted) - start
  const range = limit > 0 ? continued(snapshot, start, limit) : null
  if (range === null) return false
  const { signal } = list
  const found = await fetchWhole(list.source, list.view, range, signal)
  if (signal.aborted || snapshot !== list.snapshot) return false
  snapshot.cache.put(start, found.rows, list.visible.from)
  snapshot.cache.fresh(page)
  const short = found.rows.length < limit
  if (short && start >= 0 && !found.hasMore) {
    snapshot.cache.cut(start + found.rows.length)
    snapshot.counted = start + found.rows.length
    snapshot.complete = true
  }
  list.setExtent({ error: null })
  return short
}
