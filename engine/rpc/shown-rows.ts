/** How many rows a screen can show at once, generously. */
const MOST = 200

/** Remembers which rows were looked at last: they are judged anew before all others. */
export interface ShownRows {
  note(ids: readonly number[]): void
  ids(): readonly number[]
}

export function createShownRows(): ShownRows {
  let ids: number[] = []
  return {
    note(shown) {
      ids = [...new Set([...shown.slice(0, MOST), ...ids])].slice(0, MOST)
    },
    ids: () => ids,
  }
}
