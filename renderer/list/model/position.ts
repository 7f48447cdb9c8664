import type { DeliveryRow, ListPosition, SortColumn } from '#contract/delivery.ts'

/** What a row is sorted by; nothing for the time, whose order is that of the ids. */
const valueOf: Record<SortColumn, (row: DeliveryRow) => number | string | null> = {
  time: () => null,
  size: (row) => row.bodyByteLength,
  duration: (row) => row.durationMs,
  skew: (row) => row.skewSeconds,
  status: (row) => row.statusAnswered,
  type: (row) => row.eventType,
}

/** The place of a row in a list that is sorted so. */
export function positionOf(row: DeliveryRow, sort: SortColumn): ListPosition {
  return { id: row.id, value: valueOf[sort](row) }
}

/** The order of SQLite: nothing, then numbers, then text by its bytes. */
function compareValues(a: number | string | null, b: number | string | null): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1
  return typeof a === 'number' ? -1 : 1
}

/** Below 0 when `a` stands in front of `b` in a list of this order. */
export function comparePositions(
  a: ListPosition,
  b: ListPosition,
  order: { ascending: boolean },
): number {
  const ascending = compareValues(a.value, b.value) || a.id - b.id
  return order.ascending ? ascending : -ascending
}
