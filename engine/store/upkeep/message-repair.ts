import type { Database } from 'better-sqlite3'
import { messagesTable, type MessageRow } from '#engine/store/messages-table.ts'

/** Deliveries of one message that are looked at for one whose signature is right. */
const SCAN_LIMIT = 2_000
const RIGHT = `(verdict IN ('valid', 'stale') OR verdict_at_receipt IN ('valid', 'stale'))`
const COUNTED = 'message_ref = @ref AND attempt <> 1 AND attempt > 0'

/**
 * Keeps `messages` true while deliveries are deleted. `attempts` goes on counting all that came, as
 * the next retry is one more; a message whose last delivery goes is forgotten, and a later one of
 * the same id begins anew.
 */
export interface MessageRepair {
  /** The delivery is deleted already. */
  deleted(id: number, messageRef: number | null): void
}

export function messageRepair(db: Database): MessageRepair {
  const messages = messagesTable(db)
  const drop = db.prepare('DELETE FROM messages WHERE id = ?')
  const stands = db.prepare<[number]>('SELECT 1 FROM deliveries WHERE id = ?')
  const anyOther = db.prepare<{ ref: number }>(
    'SELECT 1 FROM deliveries WHERE message_ref = @ref AND attempt <> 1 LIMIT 1',
  )
  const end = (order: 'ASC' | 'DESC') =>
    db
      .prepare<{ ref: number }, number>(
        `SELECT id FROM deliveries WHERE ${COUNTED} ORDER BY id ${order} LIMIT 1`,
      )
      .pluck()
  const endRight = (order: 'ASC' | 'DESC') =>
    db
      .prepare<{ ref: number }, number>(
        `SELECT id FROM (
           SELECT id, verdict, verdict_at_receipt FROM deliveries WHERE ${COUNTED}
           ORDER BY id ${order} LIMIT ${SCAN_LIMIT}
         ) WHERE ${RIGHT} ORDER BY id ${order} LIMIT 1`,
      )
      .pluck()
  const first = end('ASC')
  const newest = end('DESC')
  const firstRight = endRight('ASC')
  const newestRight = endRight('DESC')
  const isRight = db.prepare<[number]>(`SELECT 1 FROM deliveries WHERE id = ? AND ${RIGHT}`)

  /** The delivery that counts as the first is found through `first_id`, all others by an index. */
  const repaired = (message: MessageRow): MessageRow => {
    const { id: ref, firstId } = message
    const kept = firstId !== null && stands.get(firstId) !== undefined ? firstId : null
    const keptRight = kept !== null && isRight.get(kept) !== undefined ? kept : null
    const gone = (id: number | null) => id !== null && stands.get(id) === undefined
    const row = { ...message, firstId: kept ?? first.get({ ref }) ?? null }
    if (gone(row.newestId)) row.newestId = newest.get({ ref }) ?? kept
    if (gone(row.newestRightId)) row.newestRightId = newestRight.get({ ref }) ?? keptRight
    if (gone(row.originalId)) {
      const right = keptRight ?? firstRight.get({ ref }) ?? null
      row.originalId = right ?? row.firstId
      row.originalRight = Number(right !== null)
    }
    return row
  }

  return {
    deleted(id, messageRef) {
      const message = messageRef === null ? undefined : messages.get(messageRef)
      if (message === undefined) return
      const { firstId, newestId, newestRightId, originalId } = message
      const named = [firstId, newestId, newestRightId, originalId].includes(id)
      const row = named ? repaired(message) : message
      if (row.firstId === null && anyOther.get({ ref: message.id }) === undefined) {
        drop.run(message.id)
      } else if (named) messages.update(row)
    },
  }
}
