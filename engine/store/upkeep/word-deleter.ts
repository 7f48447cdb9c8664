import type { Database } from 'better-sqlite3'
import type { Lock } from './lock.ts'
import type { SearchableText } from './searchable-text.ts'

/**
 * Takes words out of the full-text indexes, in one of two ways: in place, some milliseconds for each
 * delivery, or by a mark that the next cleaning merges away together with the word, far cheaper for
 * many (https://sqlite.org/fts5.html#the_secure_delete_configuration_option). Which way it is,
 * counts when the transaction is committed.
 */
export interface WordDeleter {
  /** Before the transaction. */
  prepare(inPlace: boolean): void
  delete(id: number, text: SearchableText, messageId: string | null): void
  /** After the transaction: what judging anew changes of message ids is to stay cheap. */
  done(): void
}

export function wordDeleter(db: Database, lock: Lock): WordDeleter {
  const setText = db.prepare(
    `INSERT INTO search (search, rank) VALUES ('secure-delete', CAST(? AS INTEGER))`,
  )
  const setIds = db.prepare(
    `INSERT INTO search_ids (search_ids, rank) VALUES ('secure-delete', CAST(? AS INTEGER))`,
  )
  const deleteText = db.prepare(
    `INSERT INTO search (search, rowid, url, headers, body) VALUES ('delete', ?, ?, ?, ?)`,
  )
  const deleteId = db.prepare(
    `INSERT INTO search_ids (search_ids, rowid, message_id) VALUES ('delete', ?, ?)`,
  )
  /** Asked each time: an index that was made anew begins with its own. */
  const configured = (index: string) => {
    const value = db.prepare(`SELECT v FROM ${index}_config WHERE k = 'secure-delete'`).pluck()
    return () => Number(value.get() ?? 0) === 1
  }
  const isTextInPlace = configured('search')
  const areIdsInPlace = configured('search_ids')

  return {
    prepare(inPlace) {
      if (inPlace === isTextInPlace() && inPlace === areIdsInPlace()) return
      lock.run(() => {
        setText.run(Number(inPlace))
        setIds.run(Number(inPlace))
      })
    },
    delete(id, { url, headers, body }, messageId) {
      deleteText.run(id, url, headers, body)
      if (messageId !== null) deleteId.run(id, messageId)
    },
    done() {
      if (areIdsInPlace()) lock.run(() => setIds.run(0))
    },
  }
}
