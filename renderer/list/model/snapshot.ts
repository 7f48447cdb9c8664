import type { DeliveryRow, ListPosition, ListView } from '#contract/delivery.ts'
import { ArrivalsAbove } from './arrivals-above.ts'
import type { ListSource } from './list-source.ts'
import { PAGE_ROWS, PageCache } from './page-cache.ts'
import { ANCHOR_EVERY, type Places, rangeAt } from './places.ts'
import { comparePositions, positionOf } from './position.ts'

/** A list as it was counted at one moment, and what arrived since. */
export interface Snapshot {
  readonly view: ListView
  readonly originId: number | null
  anchors: ListPosition[]
  /** Rows from 0 down that are known of. */
  counted: number
  /** `counted` is all. */
  complete: boolean
  readonly arrivals: ArrivalsAbove
  readonly cache: PageCache<DeliveryRow>
  /** Of a search that stopped for its time: where; asking on goes on there. */
  searchedTo: ListPosition | null
  /** Its first page held all of it: there is nothing to count. */
  readonly whole: boolean
  /** Rows are found one after another by searching, not counted behind. */
  readonly searching: boolean
}

/** Arrivals come in above the first row only in this order. */
export function newestFirst(view: ListView): boolean {
  return view.sort === 'time' && !view.ascending
}

export function placesOf({ originId, anchors, arrivals }: Snapshot): Places {
  return { originId, anchors, above: arrivals.above }
}

/** The newest delivery of all, whether it belongs to a list or not; 0: there is none. */
async function newestOf(source: ListSource, signal: AbortSignal): Promise<number> {
  const all: ListView = { filter: {}, sort: 'time', ascending: false, grouped: false }
  const page = await source.list(all, { limit: 1 }, signal)
  return page.rows[0]?.id ?? 0
}

/** Takes the first page of a list. What arrives after it counts as an arrival. */
export async function takeSnapshot(
  source: ListSource,
  view: ListView,
  signal: AbortSignal,
): Promise<Snapshot> {
  const plain = newestFirst(view) && Object.keys(view.filter).length === 0
  // Before the page: a delivery between the two is then in both, never in neither.
  const newest = plain ? 0 : await newestOf(source, signal)
  const page = await source.list(view, { limit: PAGE_ROWS }, signal)
  const first = page.rows[0]
  const topId = newestFirst(view) ? Math.max(newest, first?.id ?? 0) : newest
  const cache = new PageCache<DeliveryRow>()
  cache.put(0, page.rows, 0)
  return {
    view,
    originId: newestFirst(view) ? (first?.id ?? newest) : null,
    anchors: [],
    counted: page.rows.length,
    complete: !page.hasMore && page.searchedTo === null,
    arrivals: new ArrivalsAbove(source, view, topId),
    cache,
    whole: !page.hasMore && page.searchedTo === null,
    searchedTo: page.searchedTo,
    searching: page.searchedTo !== null,
  }
}

/** Counts a snapshot to its end; `onStep` hears of every step. */
export async function countSnapshot(
  source: ListSource,
  snapshot: Snapshot,
  signal: AbortSignal,
  onStep: (counted: { anchors: ListPosition[]; count: number; complete: boolean }) => void,
): Promise<void> {
  const { view, originId } = snapshot
  let after: ListPosition | null = originId === null ? null : { id: originId + 1, value: null }
  let sinceAnchor = 0
  let count = 0
  const anchors: ListPosition[] = []
  do {
    const range = after === null ? { sinceAnchor } : { after, sinceAnchor }
    const step = await source.tally(view, range, signal)
    if (signal.aborted) return
    count += step.count
    anchors.push(...step.anchors)
    sinceAnchor = step.sinceAnchor
    after = step.countedTo
    onStep({ anchors, count, complete: after === null })
  } while (after !== null)
}

/** How many rows of a counted snapshot stand in front of a place. */
export async function rankOf(
  source: ListSource,
  { view, anchors, originId }: Snapshot,
  position: ListPosition,
  signal: AbortSignal,
): Promise<number> {
  let low = 0
  let high = anchors.length
  while (low < high) {
    const middle = (low + high) >> 1
    const anchor = anchors[middle]
    if (anchor && comparePositions(anchor, position, view) < 0) low = middle + 1
    else high = middle
  }
  const start = anchors[low - 1] ?? (originId === null ? null : { id: originId + 1, value: null })
  let count = low * ANCHOR_EVERY
  let after = start
  do {
    const range = after === null ? { before: position } : { after, before: position }
    const step = await source.tally(view, range, signal)
    count += step.count
    after = step.countedTo
  } while (after !== null && !signal.aborted)
  return count
}

/**
 * How to ask for rows from a coordinate on. Behind a row that is held it goes on from there, so
 * that no row is missed or shown twice where rows left or joined since the list was counted.
 */
export function continued(snapshot: Snapshot, from: number, limit: number) {
  const above = from > 0 ? snapshot.cache.at(from - 1) : undefined
  if (above) return { after: positionOf(above, snapshot.view.sort), skip: 0, limit }
  return rangeAt(placesOf(snapshot), from, limit)
}
