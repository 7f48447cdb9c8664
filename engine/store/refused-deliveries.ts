import type { Database } from 'better-sqlite3'

const DETAIL = 'The disk failed while it was stored, and its sender was told to come again.'

/**
 * Marks deliveries that were written and may not have reached the disk: their senders heard 503 and
 * come again, so nothing is sent on from here.
 */
export function refusedDeliveries(db: Database): (ids: readonly number[]) => void {
  const answered = db.prepare(
    `UPDATE deliveries SET status_answered = 503, answer_headers = NULL, answer_body = NULL,
       answered_by = NULL, answer_fault = NULL, answer_delay_ms = NULL WHERE id = ?`,
  )
  const dropped = db.prepare(
    `UPDATE forwards SET state = 'dropped', next_at_ms = NULL, detail = ? WHERE delivery_id = ?`,
  )
  const all = db.transaction((ids: readonly number[]) => {
    for (const id of ids) {
      answered.run(id)
      dropped.run(DETAIL, id)
    }
  })
  return (ids) => all.immediate(ids)
}
