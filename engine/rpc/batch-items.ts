import type { Selection } from '#contract/selection.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import type { BatchItem } from '#engine/replay/batch/run-batch.ts'
import type { IdsPage, Wanted } from '#engine/store/search/types.ts'

/** Ids that one step of finding gives. */
const IDS_AT_ONCE = 5_000
/** Deliveries whose moments are read at once. */
const ITEMS_AT_ONCE = 200

/** Which deliveries a bulk replay is of: their ids alone, newest first, page by page. */
export interface FoundIds {
  total: number
  pages: readonly Float64Array[]
}

/**
 * Finds all ids that a selection means, in steps.
 * @param wanted the filter of the selection, read; not used where ids are given
 * @throws AbortError when the caller goes away
 */
export async function findIds(
  searches: ReadThread,
  selection: Selection,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<FoundIds> {
  if ('ids' in selection) {
    const ids = Float64Array.from(new Set(selection.ids)).sort().reverse()
    return { total: ids.length, pages: [ids] }
  }
  const except = new Set(selection.exceptIds)
  const pages: Float64Array[] = []
  let total = 0
  let below: number | null = selection.upToId + 1
  while (below !== null) {
    signal?.throwIfAborted()
    const page: IdsPage = await searches.run('ids', { ...wanted, below, limit: IDS_AT_ONCE })
    const ids = Float64Array.from(page.ids.filter((id) => !except.has(id)))
    pages.push(ids)
    total += ids.length
    below = page.searchedTo
  }
  return { total, pages }
}

/** The deliveries oldest first; `null` for one that is gone by then. */
export async function* itemsOf(
  reads: ReadThread,
  { pages }: FoundIds,
): AsyncGenerator<BatchItem | null, void, void> {
  for (let index = pages.length - 1; index >= 0; index--) {
    const page = pages[index] ?? new Float64Array()
    for (let end = page.length; end > 0; end -= ITEMS_AT_ONCE) {
      const ids = Array.from(page.subarray(Math.max(0, end - ITEMS_AT_ONCE), end)).reverse()
      yield* await reads.run('moments', { ids })
    }
  }
}
