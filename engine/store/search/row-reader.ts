import type { Database } from 'better-sqlite3'
import type { DeliveryRow } from '#contract/delivery.ts'
import { FROM_DELIVERIES, ROW_COLUMNS, type StoredRow, toRow } from '#engine/store/delivery-rows.ts'

/** Reads the rows of a page, in the order of the ids. */
export function rowReader(db: Database) {
  const row = db.prepare<[number], StoredRow>(
    `SELECT ${ROW_COLUMNS} ${FROM_DELIVERIES} WHERE deliveries.id = ?`,
  )
  const attempts = db
    .prepare<[number], number>(
      `SELECT messages.attempts FROM deliveries JOIN messages ON messages.id = message_ref
       WHERE deliveries.id = ?`,
    )
    .pluck()
  return (ids: readonly number[], grouped: boolean): DeliveryRow[] =>
    ids.flatMap((id) => {
      const stored = row.get(id)
      if (stored === undefined) return []
      return [{ ...toRow(stored), attempts: grouped ? (attempts.get(id) ?? 1) : null }]
    })
}
