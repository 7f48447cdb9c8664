import type { Database } from 'better-sqlite3'
import type { DeliveryRow } from '#contract/delivery.ts'
import { FROM_DELIVERIES, ROW_COLUMNS, type StoredRow, toRow } from '#engine/store/delivery-rows.ts'

/** Reads the rows of a page in one go, in the order of the ids. */
export function rowReader(db: Database) {
  const among = 'deliveries.id IN (SELECT value FROM json_each(?))'
  const page = db.prepare<[string], StoredRow>(
    `SELECT ${ROW_COLUMNS} ${FROM_DELIVERIES} WHERE ${among}`,
  )
  const attempts = db
    .prepare<[string], [number, number]>(
      `SELECT deliveries.id, messages.attempts
       FROM deliveries JOIN messages ON messages.id = message_ref WHERE ${among}`,
    )
    .raw()
  return (ids: readonly number[], grouped: boolean): DeliveryRow[] => {
    const asked = JSON.stringify(ids)
    const rows = new Map(page.all(asked).map((stored) => [stored.id, toRow(stored)]))
    const counted = new Map(grouped ? attempts.all(asked) : [])
    return ids.flatMap((id) => {
      const row = rows.get(id)
      if (row === undefined) return []
      return [grouped ? { ...row, attempts: counted.get(id) ?? 1 } : row]
    })
  }
}
