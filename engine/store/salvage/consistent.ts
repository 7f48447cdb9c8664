import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

const RIGHT = `(verdict IN ('valid', 'stale') OR verdict_at_receipt IN ('valid', 'stale'))`

/** What was made or dropped so that everything that is left refers to something. */
export interface Joined {
  /** Endpoints whose row was lost, by the names that they go by now. */
  lostEndpoints: string[]
  lostTags: number
}

function has(db: Database, table: string): boolean {
  const found = db.prepare<[string]>('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table)
  return found !== undefined
}

/** Endpoints that deliveries or secrets refer to get a row again: their secrets must not be lost. */
function endpointsAgain(db: Database): string[] {
  const users = ['deliveries', 'secrets', 'endpoint_settings'].filter((table) => has(db, table))
  const lost = db
    .prepare<[], number>(
      users
        .map((table) => `SELECT endpoint_id FROM ${table} WHERE endpoint_id IS NOT NULL`)
        .join(' UNION ') + ' EXCEPT SELECT id FROM endpoints',
    )
    .pluck()
    .all()
  const add = db.prepare(
    `INSERT INTO endpoints (id, name, path, colour, created_at_ms) VALUES (?, ?, ?, 0, ?)`,
  )
  return lost.map((id) => {
    const name = `salvaged ${id}`
    add.run(id, name, `/salvaged-${id}`, Date.now())
    return name
  })
}

function tagsAgain(db: Database): number {
  if (!has(db, 'delivery_tags')) return 0
  return db
    .prepare(
      `INSERT INTO tags (id, name) SELECT DISTINCT tag_id, 'salvaged ' || tag_id FROM delivery_tags
       WHERE tag_id NOT IN (SELECT id FROM tags)`,
    )
    .run().changes
}

/** What belongs to nothing any more and says nothing by itself. */
function dropLoose(db: Database): void {
  if (has(db, 'removed')) {
    // Better seen again than hidden for ever.
    db.exec('DELETE FROM removed WHERE job_id NOT IN (SELECT id FROM jobs)')
  }
  db.exec('DELETE FROM replay_bodies WHERE replay_id NOT IN (SELECT id FROM replays)')
}

/** Messages whose row was lost are counted again from their deliveries. */
function messagesAgain(db: Database): void {
  db.exec(`
    INSERT OR IGNORE INTO messages (id, endpoint_id, path, scheme_id, key, attempts, first_id,
      newest_id, newest_right_id, original_id, original_right)
    SELECT message_ref, coalesce(endpoint_id, 0), coalesce(catch_all_path, ''),
      coalesce(scheme_id, ''), coalesce(message_id, body_sha256), max(coalesce(attempt, 1)),
      min(id), max(id), max(CASE WHEN ${RIGHT} THEN id END),
      coalesce(min(CASE WHEN ${RIGHT} THEN id END), min(id)),
      max(${RIGHT})
    FROM deliveries
    WHERE message_ref IS NOT NULL AND attempt > 0
      AND message_ref NOT IN (SELECT id FROM messages)
    GROUP BY message_ref`)
}

/** After this no row refers to one that is not there; SQLite's own foreign keys agree. */
export function makeConsistent(db: Database): Joined {
  return db.transaction(() => {
    const joined = { lostEndpoints: endpointsAgain(db), lostTags: tagsAgain(db) }
    dropLoose(db)
    messagesAgain(db)
    return joined
  })()
}

/** Row ids are never given twice, also not those of rows that could not be read. */
export function keepSequences(db: Database, old: ReadonlyMap<string, number>): void {
  const current = db
    .prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?')
    .pluck()
  const insert = db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)')
  const update = db.prepare('UPDATE sqlite_sequence SET seq = ? WHERE name = ?')
  for (const [table, seq] of old) {
    const now = current.get(table)
    if (now === undefined) insert.run(table, seq)
    else if (now < seq) update.run(seq, table)
  }
}

export interface BodyCheck {
  /** Deliveries whose body inside the database is not what was received, or is gone. */
  changed: number[]
  missing: number[]
}

/** Compares every body inside the database with the digest that was taken at receipt. */
export function checkBodies(db: Database): BodyCheck {
  const found: BodyCheck = { changed: [], missing: [] }
  const all = db.prepare<[], { id: number; digest: Buffer; length: number; bytes: Buffer | null }>(
    `SELECT deliveries.id, body_sha256 AS digest, body_byte_length AS length, bytes
     FROM deliveries LEFT JOIN bodies ON bodies.delivery_id = deliveries.id
     WHERE body_file IS NULL AND body_byte_length > 0`,
  )
  for (const { id, digest, bytes } of all.iterate()) {
    if (bytes === null) found.missing.push(id)
    else if (!createHash('sha256').update(bytes).digest().equals(digest)) found.changed.push(id)
  }
  return found
}
