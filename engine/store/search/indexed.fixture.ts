import Database from 'better-sqlite3'
import { pathOf } from '#contract/http.ts'
import { bodyReader } from '#engine/store/body-reader.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { parseHeaders } from '#engine/store/delivery-rows.ts'
import { searchableTextNow } from '#engine/store/upkeep/searchable-text.ts'

interface Stored {
  id: number
  target: string
  rawHeaders: string
  bodyByteLength: number
}

/** A connection that writes what other rooms write: marks, removals, and the index up to an id. */
export function writing(dataDir: string) {
  const db = new Database(databaseFile(dataDir))
  const index = indexer(db, dataDir)
  const behind = db.prepare<[number], Stored>(
    `SELECT id, target, raw_headers AS rawHeaders, body_byte_length AS bodyByteLength
     FROM deliveries WHERE id > (SELECT indexed_to FROM search_state) AND id <= ?`,
  )
  return {
    db,
    indexUpTo: db.transaction((last: number) => {
      for (const row of behind.all(last)) index(row)
      db.prepare('UPDATE search_state SET indexed_to = max(indexed_to, ?)').run(last)
    }),
  }
}

function indexer(db: Database.Database, dataDir: string) {
  const bodies = bodyReader(db, dataDir)
  const facets = db.prepare(
    `INSERT INTO facets SELECT id, received_at_ms, endpoint_id, verdict, repeated,
       replay_id IS NOT NULL, ?, status_answered, body_byte_length, skew_seconds,
       (SELECT answered_at_ms FROM delivery_times WHERE delivery_id = id) - received_at_ms,
       scheme_id, event_type, method, ?, 0 FROM deliveries WHERE id = ?`,
  )
  const words = db.prepare('INSERT INTO search (rowid, url, headers, body) VALUES (?, ?, ?, ?)')
  const ids = db.prepare(
    `INSERT INTO search_ids (rowid, message_id)
     SELECT id, message_id FROM deliveries WHERE id = ? AND message_id IS NOT NULL`,
  )
  const hours = db.prepare(
    `INSERT INTO receipt_hours SELECT received_at_ms / 3600000, id, id FROM deliveries WHERE id = ?
     ON CONFLICT (hour) DO UPDATE SET first_id = min(first_id, excluded.first_id),
       last_id = max(last_id, excluded.last_id)`,
  )
  return ({ id, target, rawHeaders, bodyByteLength }: Stored) => {
    const { url, headers, body, cut } = searchableTextNow({
      target,
      rawHeaders: parseHeaders(rawHeaders),
      bodyByteLength,
      readBody: (offset, length) => bodies.body(id, offset, length),
    })
    facets.run(Number(cut), pathOf(target), id)
    words.run(id, url, headers, body)
    ids.run(id)
    hours.run(id)
  }
}
