import type { Database } from 'better-sqlite3'
import { deliveryInserter } from './deliveries-writer.ts'
import { replaysTable } from './replays-table.ts'
import type { ImportedDelivery, ImportOutcome } from './types.ts'
import { marksWriter } from './upkeep/marks-writer.ts'

export interface ImportsWriter {
  /**
   * Writes deliveries with all that belongs to them, in one transaction: a crash leaves each of
   * them whole or not at all. One whose fingerprint is known stays as it is.
   * @throws SqliteError when it could not be written; see describeWriteFailure
   */
  commit(batch: readonly ImportedDelivery[], nowMs: number): ImportOutcome[]
  /** Makes what was committed survive a loss of power; before that its file can be read again. */
  sync(): void
}

export function importsWriter(db: Database): ImportsWriter {
  const inserter = deliveryInserter(db)
  const replays = replaysTable(db)
  const marks = marksWriter(db)
  const known = db.prepare<[Uint8Array]>(`SELECT 1 FROM imported WHERE fingerprint = ?
       AND NOT EXISTS (SELECT 1 FROM removed WHERE removed.delivery_id = imported.delivery_id)`)
  const remember = db.prepare(
    // One that is being removed gives its place to the one that comes back.
    'INSERT OR REPLACE INTO imported (fingerprint, delivery_id, imported_at_ms, source) VALUES (?, ?, ?, ?)',
  )
  const insertTimes = db.prepare('INSERT INTO delivery_times VALUES (?, ?, ?, ?)')
  const setNote = db.prepare(
    `INSERT INTO marks (delivery_id, note) VALUES (?, ?)
     ON CONFLICT (delivery_id) DO UPDATE SET note = excluded.note`,
  )
  const setAnswer = db.prepare('UPDATE deliveries SET answer_replay_id = ? WHERE id = ?')

  // Any write does: its commit syncs the log with all that is in it.
  const synced = db.prepare("INSERT OR REPLACE INTO settings VALUES ('imports-synced', '1')")

  const write = (imported: ImportedDelivery, nowMs: number): ImportOutcome => {
    const { fingerprint, source, times, answeredBy } = imported
    if (known.get(fingerprint) !== undefined) return 'already-here'
    const { id } = inserter.insert(imported.delivery, inserter.lastId() + 1)
    const { replayId } = imported.delivery
    if (replayId) replays.markArrived(replayId, id)
    remember.run(fingerprint, id, nowMs, source)
    if (times) {
      insertTimes.run(id, times.connectedAtMs, times.committedAtMs, times.answeredAtMs)
    }
    const { pinned, note, tags } = imported.marks
    if (pinned || tags.length > 0) {
      marks.apply([id], { ...(pinned && { pinned }), addTags: [...tags], removeTags: [] })
    }
    if (note !== '') setNote.run(id, note)
    const replayIds = imported.replays.map(({ row, outcome, timings }) => {
      const made = replays.insert({ ...row, deliveryId: id })
      if (outcome) replays.finish(made, outcome, timings)
      return made
    })
    const answer = answeredBy === null ? undefined : replayIds[answeredBy]
    if (answer !== undefined) setAnswer.run(answer, id)
    return { id, replayIds }
  }
  const commit = db.transaction((batch: readonly ImportedDelivery[], nowMs: number) =>
    batch.map((imported) => write(imported, nowMs)),
  )
  return {
    commit(batch, nowMs) {
      // The log is not synced for each of these small transactions: what arrives waits meanwhile.
      db.pragma('synchronous = NORMAL')
      try {
        return commit.immediate(batch, nowMs)
      } finally {
        db.pragma('synchronous = FULL')
      }
    },
    sync: () => void synced.run(),
  }
}
