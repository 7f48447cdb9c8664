import type { Database } from 'better-sqlite3'
import { markRight } from './judging-writer.ts'
import {
  messagesTable,
  type MessageKey,
  type MessageRow,
  type MessagesTable,
} from './messages-table.ts'

/** No step holds the write lock for longer; the design allows 10 ms with the commit. */
const STEP_MS = 3

interface Adoptee {
  id: number
  messageRef: number | null
  attempt: number | null
  verdict: string
  verdictAtReceipt: string
}

type StoredMessage = MessageRow & MessageKey

/**
 * Moves the deliveries of the catch-all that came to `path` (or below it, for a final `/*`) to an
 * endpoint, with the messages they belong to. Each `next()` is one short transaction and yields how
 * many were moved so far; the last value is the total. Running it again goes on where it stopped.
 */
export function* adoptDeliveries(
  db: Database,
  endpointId: number,
  path: string,
): Generator<number, number> {
  const takeNext = adoptees(db, path)
  const mover = messageMover(db, endpointId)
  const move = db.prepare(
    `UPDATE deliveries SET endpoint_id = ?, catch_all_path = NULL, message_ref = ?, attempt = ?,
       judged_revision = 0 WHERE id = ?`,
  )
  const step = db.transaction((): number => {
    const until = performance.now() + STEP_MS
    let moved = 0
    do {
      const adoptee = takeNext()
      if (adoptee === undefined) return moved
      const place = mover.place(adoptee)
      move.run(endpointId, place.messageRef, place.attempt, adoptee.id)
      mover.tidy(adoptee.messageRef)
      moved += 1
    } while (performance.now() < until)
    return moved
  })

  let total = 0
  for (let moved = step.immediate(); moved > 0; moved = step.immediate()) {
    total += moved
    yield total
  }
  return total
}

function adoptees(db: Database, path: string): () => Adoptee | undefined {
  // What a file says of a signature makes no delivery the original: only what was judged here.
  const columns = `id, message_ref AS messageRef, attempt, verdict,
    CASE WHEN EXISTS (SELECT 1 FROM imported WHERE delivery_id = deliveries.id)
      THEN verdict ELSE verdict_at_receipt END AS verdictAtReceipt`
  if (!path.endsWith('/*')) {
    const exact = db.prepare<[string], Adoptee>(
      `SELECT ${columns} FROM deliveries WHERE catch_all_path = ? ORDER BY id LIMIT 1`,
    )
    return () => exact.get(path)
  }
  // Every path below `/a/` sorts from `/a/` to before `/a0`, since `0` follows `/`.
  const folder = path.slice(0, -1)
  const below = db.prepare<[string, string], Adoptee>(
    `SELECT ${columns} FROM deliveries WHERE catch_all_path >= ? AND catch_all_path < ? LIMIT 1`,
  )
  return () => below.get(folder, `${folder.slice(0, -1)}0`)
}

interface MessageMover {
  /** Where the delivery stands in the endpoint's scope. */
  place(adoptee: Adoptee): { messageRef: number | null; attempt: number | null }
  /** Drops a message of the catch-all whose last delivery has left it. */
  tidy(messageRef: number | null): void
}

function messageMover(db: Database, endpointId: number): MessageMover {
  const messages = messagesTable(db)
  const get = db.prepare<[number], StoredMessage>(
    `SELECT id, attempts, first_id AS firstId, newest_id AS newestId,
       newest_right_id AS newestRightId, original_id AS originalId,
       original_right AS originalRight, endpoint_id AS endpointId, path, scheme_id AS schemeId, key
     FROM messages WHERE id = ?`,
  )
  const rescope = db.prepare("UPDATE messages SET endpoint_id = ?, path = '' WHERE id = ?")
  const drop = db.prepare('DELETE FROM messages WHERE id = ?')
  const repeats = db.prepare<[number]>(
    'SELECT 1 FROM deliveries WHERE message_ref = ? AND attempt <> 1 LIMIT 1',
  )

  return {
    place: (adoptee) => {
      const { messageRef, attempt } = adoptee
      const message = messageRef === null ? undefined : get.get(messageRef)
      if (message === undefined || message.endpointId !== 0) return { messageRef, attempt }
      const { schemeId, key } = message
      const target = messages.find({ endpointId, path: '', schemeId, key })
      if (target === undefined) {
        rescope.run(endpointId, message.id)
        return { messageRef, attempt }
      }
      return { messageRef: target.id, attempt: merge(messages, message, target, adoptee) }
    },
    tidy: (messageRef) => {
      const message = messageRef === null ? undefined : get.get(messageRef)
      if (message === undefined || message.endpointId !== 0) return
      if (message.firstId === null && repeats.get(message.id) === undefined) drop.run(message.id)
    },
  }
}

/** Counts one delivery out of `from` and into `into`; returns its attempt there. */
function merge(
  messages: MessagesTable,
  from: MessageRow,
  into: MessageRow,
  adoptee: Adoptee,
): number {
  if (adoptee.attempt === 0) return 0
  // The first one that is left may be a later attempt, when earlier ones were deleted.
  if (from.firstId === adoptee.id) messages.update({ ...from, firstId: null })
  const attempt = into.attempts + 1
  messages.update({
    ...into,
    attempts: attempt,
    firstId: into.firstId ?? adoptee.id,
    newestId: Math.max(into.newestId ?? 0, adoptee.id),
    originalId: into.originalId ?? adoptee.id,
  })
  const verdicts = [adoptee.verdict, adoptee.verdictAtReceipt]
  if (verdicts.some((verdict) => verdict === 'valid' || verdict === 'stale')) {
    markRight(messages, into.id, adoptee.id)
  }
  return attempt
}
