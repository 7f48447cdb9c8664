import type { Database } from 'better-sqlite3'

/** The one row of `search_state`; see migration 6. */
export interface SearchState {
  indexedTo: number
  textVersion: number
  deliveries: number
  bytes: number
  leftovers: number
}

export interface SearchStateTable {
  get(): SearchState
  /** Rows up to `id` are indexed now: so many more, with so many bytes. */
  indexed(id: number, deliveries: number, bytes: number): void
  /** An indexed row went; `leftover`: its words still lie in the index. */
  deleted(bytes: number, leftover: boolean): void
  mergedAway(leftovers: number): void
  /** The index holds what it should not: the next start at the latest makes it anew. */
  distrust(): void
  /** Nothing is indexed any more. */
  reset(textVersion: number): void
}

export function searchStateTable(db: Database): SearchStateTable {
  const get = db.prepare<[], SearchState>(
    `SELECT indexed_to AS indexedTo, text_version AS textVersion, deliveries, bytes, leftovers
     FROM search_state`,
  )
  const indexed = db.prepare(
    `UPDATE search_state SET indexed_to = ?, deliveries = deliveries + ?, bytes = bytes + ?`,
  )
  const deleted = db.prepare(
    `UPDATE search_state SET deliveries = deliveries - 1, bytes = bytes - ?,
       leftovers = leftovers + ?`,
  )
  const merged = db.prepare('UPDATE search_state SET leftovers = max(0, leftovers - ?)')
  const distrust = db.prepare('UPDATE search_state SET text_version = 0')
  const reset = db.prepare(
    `UPDATE search_state SET indexed_to = 0, deliveries = 0, bytes = 0, leftovers = 0,
       text_version = ?`,
  )
  return {
    get: () => {
      const state = get.get()
      if (state === undefined) throw new Error('The table search_state has lost its row.')
      return state
    },
    indexed: (id, deliveries, bytes) => {
      indexed.run(id, deliveries, bytes)
    },
    deleted: (bytes, leftover) => {
      deleted.run(bytes, Number(leftover))
    },
    mergedAway: (leftovers) => {
      merged.run(leftovers)
    },
    distrust: () => {
      distrust.run()
    },
    reset: (textVersion) => {
      reset.run(textVersion)
    },
  }
}
