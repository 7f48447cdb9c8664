import type { ListPosition } from '#contract/delivery.ts'

/** The engine tells the place of every so manieth row, and skips no more rows than that. */
export const ANCHOR_EVERY = 1_000

/**
 * What is known of a list's places. Rows have coordinates that stay when rows arrive: 0 is the row
 * that was first when the list was counted, those that arrived since count down from −1.
 */
export interface Places {
  /** Id of the row at 0 (0: there was none); `null`: in this order nothing arrives above. */
  readonly originId: number | null
  /** Places of the rows at 999, 1999, … */
  readonly anchors: readonly ListPosition[]
  /** Places of the rows at −1000, −2000, … */
  readonly above: readonly ListPosition[]
}

/** What a page is asked for with; see `deliveries.list`. */
export interface ListRange {
  after?: ListPosition
  before?: ListPosition
  skip: number
  limit: number
}

/**
 * How to ask for the rows at `from` … `from + limit − 1`, however deep they lie: an anchor and at
 * most a thousand rows to skip. A range does not cross 0. `null`: too far behind what is known.
 */
export function rangeAt(places: Places, from: number, limit: number): ListRange | null {
  return from < 0 ? rangeAbove(places, from, limit) : rangeBelow(places, from, limit)
}

function rangeBelow({ originId, anchors }: Places, from: number, limit: number): ListRange | null {
  const passed = Math.min(Math.floor(from / ANCHOR_EVERY), anchors.length)
  const skip = from - passed * ANCHOR_EVERY
  if (skip > ANCHOR_EVERY) return null
  const anchor = anchors[passed - 1]
  if (anchor) return { after: anchor, skip, limit }
  // From the first row on, but not those that arrived above it.
  return originId === null ? { skip, limit } : { after: place(originId + 1), skip, limit }
}

function rangeAbove({ originId, above }: Places, from: number, limit: number): ListRange | null {
  if (originId === null) return null
  const end = from + limit
  const passed = Math.min(Math.floor(-end / ANCHOR_EVERY), above.length)
  const skip = -end - passed * ANCHOR_EVERY
  if (skip > ANCHOR_EVERY) return null
  return { before: above[passed - 1] ?? place(originId), skip, limit }
}

function place(id: number): ListPosition {
  return { id, value: null }
}
