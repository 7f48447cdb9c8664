import type { Database } from 'better-sqlite3'

/** Deliveries that a removal hides, and brings back: rows of `removed`, within a transaction. */
export interface Hiding {
  /** Returns how many are hidden now that were not. */
  hide(jobId: number, ids: readonly number[], keepPinned: boolean): number
  /**
   * Hides at most `limit` deliveries behind `after`, up to `upToId`.
   * @returns how many, and the last one looked at; `null`: that was all
   */
  hideRange(range: HiddenRange, limit: number): { hidden: number; last: number | null }
  /** Brings back at most `limit` of a job; returns how many. */
  bringBack(jobId: number, limit: number): number
  /** Of a job, in order of id. */
  hiddenBy(jobId: number, limit: number): number[]
}

export interface HiddenRange {
  jobId: number
  after: number
  upToId: number
  exceptIds: readonly number[]
  keepPinned: boolean
}

const NOT_PINNED =
  'NOT EXISTS (SELECT 1 FROM marks WHERE delivery_id = deliveries.id AND pinned = 1)'

export function hidingOf(db: Database): Hiding {
  const hideOne = db.prepare(
    `INSERT OR IGNORE INTO removed (delivery_id, job_id)
     SELECT id, @jobId FROM deliveries WHERE id = @id AND (@keepPinned = 0 OR ${NOT_PINNED})`,
  )
  const lastOf = db
    .prepare<[number, number, number], number | null>(
      `SELECT max(id) FROM (SELECT id FROM deliveries WHERE id > ? AND id <= ? ORDER BY id LIMIT ?)`,
    )
    .pluck()
  const hideRange = db.prepare(
    `INSERT OR IGNORE INTO removed (delivery_id, job_id)
     SELECT id, @jobId FROM deliveries WHERE id > @after AND id <= @last
       AND (@keepPinned = 0 OR ${NOT_PINNED})
       AND id NOT IN (SELECT value FROM json_each(@exceptIds))`,
  )
  const bringBack = db.prepare(
    `DELETE FROM removed WHERE delivery_id IN (
       SELECT delivery_id FROM removed WHERE job_id = ? LIMIT ?)`,
  )
  const hiddenBy = db
    .prepare<[number, number], number>(
      'SELECT delivery_id FROM removed WHERE job_id = ? ORDER BY delivery_id LIMIT ?',
    )
    .pluck()
  return {
    hide: (jobId, ids, keepPinned) => {
      let hidden = 0
      for (const id of ids) {
        hidden += hideOne.run({ jobId, id, keepPinned: Number(keepPinned) }).changes
      }
      return hidden
    },
    hideRange: ({ jobId, after, upToId, exceptIds, keepPinned }, limit) => {
      const last = lastOf.get(after, upToId, limit) ?? null
      if (last === null) return { hidden: 0, last: null }
      const { changes } = hideRange.run({
        jobId,
        after,
        last,
        keepPinned: Number(keepPinned),
        exceptIds: JSON.stringify(exceptIds),
      })
      return { hidden: changes, last }
    },
    bringBack: (jobId, limit) => bringBack.run(jobId, limit).changes,
    hiddenBy: (jobId, limit) => hiddenBy.all(jobId, limit),
  }
}
