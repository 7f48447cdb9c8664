import type { HeldList } from './held-list.ts'
import { MARGIN } from './fetch-rows.ts'
import { PAGE_ROWS } from './page-cache.ts'
import { ANCHOR_EVERY } from './places.ts'
import { positionOf } from './position.ts'
import type { Snapshot } from './snapshot.ts'

/** Whether more rows should be searched for: the end of what was found is in view. */
export function wantsSearch(list: HeldList, stopped: boolean): boolean {
  const { snapshot, visible } = list
  if (!snapshot?.searching || snapshot.complete || stopped) return false
  return visible.to + MARGIN >= snapshot.counted
}

/** Searches on until there is enough to see, it is stopped, or everything was looked at. */
export async function searchOn(list: HeldList, stopped: () => boolean): Promise<void> {
  const { signal } = list
  while (wantsSearch(list, stopped()) && !signal.aborted) {
    const { snapshot } = list
    if (!snapshot) return
    tellSearch(list, true)
    const last = snapshot.cache.at(snapshot.counted - 1)
    const after = snapshot.searchedTo ?? (last && positionOf(last, list.view.sort))
    const range = { ...(after && { after }), limit: PAGE_ROWS }
    const page = await list.source.list(list.view, range, signal)
    if (signal.aborted || snapshot !== list.snapshot) return
    addFound(list, snapshot, page.rows)
    snapshot.searchedTo = page.searchedTo
    snapshot.complete = page.searchedTo === null && !page.hasMore
    list.setExtent({ error: null })
  }
  tellSearch(list, false)
}

function addFound(list: HeldList, snapshot: Snapshot, rows: readonly RowOf[]): void {
  snapshot.cache.put(snapshot.counted, rows, list.visible.from)
  for (const row of rows) {
    snapshot.counted += 1
    if (snapshot.counted % ANCHOR_EVERY === 0) {
      snapshot.anchors.push(positionOf(row, list.view.sort))
    }
  }
}

type RowOf = Parameters<typeof positionOf>[0]

/** Says how far a search has come; nothing where there is none, or when it is through. */
export function tellSearch(list: HeldList, running: boolean): void {
  const { snapshot } = list
  const going = snapshot?.searching === true && !snapshot.complete
  list.set({ search: going ? { running, backTo: snapshot.searchedTo?.id ?? null } : null })
}
