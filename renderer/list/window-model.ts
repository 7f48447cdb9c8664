/**
 * The part of a long list that is held in memory: a run of rows without gaps, newest first, out
 * of a list that may have a million. Pure; ids fall from row to row.
 */
export interface ListWindow<Row extends { id: number }> {
  readonly rows: readonly Row[]
  /** There are older rows below the last one. */
  readonly olderBelow: boolean
  /** There are newer rows above the first one that are not held. */
  readonly newerAbove: boolean
}

/** The most rows that are held; what is farthest from the new rows is let go. */
export const MOST_ROWS = 1_200

export function emptyWindow<Row extends { id: number }>(): ListWindow<Row> {
  return { rows: [], olderBelow: true, newerAbove: false }
}

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

/** The window that starts at the newest row. */
export function firstPage<Row extends { id: number }>(page: Page<Row>): ListWindow<Row> {
  return { rows: page.rows, olderBelow: page.hasMore, newerAbove: false }
}

/** Appends the page below the window; `dropped` rows left at the top. */
export function appendOlder<Row extends { id: number }>(
  window: ListWindow<Row>,
  page: Page<Row>,
): { window: ListWindow<Row>; dropped: number } {
  const last = window.rows.at(-1)
  const fresh = last ? page.rows.filter((row) => row.id < last.id) : page.rows
  const all = [...window.rows, ...fresh]
  const dropped = Math.max(0, all.length - MOST_ROWS)
  return {
    window: {
      rows: dropped > 0 ? all.slice(dropped) : all,
      olderBelow: page.hasMore,
      newerAbove: window.newerAbove || dropped > 0,
    },
    dropped,
  }
}

/** Prepends the page above the window; `added` rows are new at the top. */
export function prependNewer<Row extends { id: number }>(
  window: ListWindow<Row>,
  page: Page<Row>,
): { window: ListWindow<Row>; added: number } {
  const first = window.rows[0]
  const fresh = first ? page.rows.filter((row) => row.id > first.id) : page.rows
  const all = [...fresh, ...window.rows]
  const tooMany = all.length > MOST_ROWS
  return {
    window: {
      rows: tooMany ? all.slice(0, MOST_ROWS) : all,
      olderBelow: window.olderBelow || tooMany,
      newerAbove: page.hasMore,
    },
    added: fresh.length,
  }
}

/**
 * Puts rows that were fetched again in the place of the held ones between two ids (inclusive).
 * Rows that no longer belong (another verdict under a verdict filter, say) leave.
 */
export function replaceRange<Row extends { id: number }>(
  window: ListWindow<Row>,
  newestId: number,
  oldestId: number,
  rows: readonly Row[],
): ListWindow<Row> {
  const above = window.rows.filter((row) => row.id > newestId)
  const below = window.rows.filter((row) => row.id < oldestId)
  const inside = rows.filter((row) => row.id <= newestId && row.id >= oldestId)
  return { ...window, rows: [...above, ...inside, ...below] }
}
