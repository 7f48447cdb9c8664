import type { ApiClient } from '#contract/client.ts'
import type { DeliveryRow, ListPosition, ListView } from '#contract/delivery.ts'
import type { ListRange } from './places.ts'

export interface FoundPage {
  rows: DeliveryRow[]
  hasMore: boolean
  searchedTo: ListPosition | null
  /** What of `skip` is still to be left out when asking on from `searchedTo`. */
  skipLeft: number
}

export interface TallyStep {
  count: number
  anchors: ListPosition[]
  sinceAnchor: number
  countedTo: ListPosition | null
}

export interface TallyRange {
  after?: ListPosition
  before?: ListPosition
  sinceAnchor?: number
}

/** The calls that a list needs of the engine. */
export interface ListSource {
  list(
    view: ListView,
    range: Partial<ListRange> & { limit: number },
    signal: AbortSignal,
  ): Promise<FoundPage>
  tally(view: ListView, range: TallyRange, signal: AbortSignal): Promise<TallyStep>
}

export function sourceOf(client: ApiClient): ListSource {
  return {
    list: (view, range, signal) => client.deliveries.list({ ...view, ...range }, { signal }),
    tally: (view, range, signal) => client.deliveries.tally({ ...view, ...range }, { signal }),
  }
}

/** Fetches a range whole: a search that stopped for its time is asked on. */
export async function fetchWhole(
  source: ListSource,
  view: ListView,
  range: ListRange,
  signal: AbortSignal,
): Promise<FoundPage> {
  const upwards = range.before !== undefined
  let page = await source.list(view, range, signal)
  let { rows } = page
  while (page.searchedTo !== null && rows.length < range.limit && !signal.aborted) {
    const from = upwards ? { before: page.searchedTo } : { after: page.searchedTo }
    const rest = { skip: page.skipLeft, limit: range.limit - rows.length }
    page = await source.list(view, { ...from, ...rest }, signal)
    rows = upwards ? [...page.rows, ...rows] : [...rows, ...page.rows]
  }
  return { ...page, rows }
}
