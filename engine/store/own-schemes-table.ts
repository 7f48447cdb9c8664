import type { Database } from 'better-sqlite3'

/** A scheme that a person described, as it lies in the database. */
export interface OwnSchemeRow {
  id: string
  /** The model of contract/scheme.ts. */
  json: string
  createdAtMs: number
  changedAtMs: number
}

/** Ids of the endpoints whose deliveries are to be judged anew. */
export type RaisedEndpoints = number[]

export interface OwnSchemesTable {
  /** By id. */
  list(): OwnSchemeRow[]
  /**
   * Adds it, or replaces the one of that id, and raises the revision of the endpoints that use it
   * and of those without a scheme, whose deliveries it may betray. The same text changes nothing.
   */
  save(id: string, json: string): RaisedEndpoints
  /** Endpoints that use it keep it; `null`: there is no such scheme. */
  remove(id: string): { raised: RaisedEndpoints } | { usedBy: string[] } | null
}

export function ownSchemesTable(db: Database): OwnSchemesTable {
  const get = db.prepare<[string], string>('SELECT json FROM own_schemes WHERE id = ?').pluck()
  const put = db.prepare(
    `INSERT INTO own_schemes (id, json, created_at_ms, changed_at_ms) VALUES (@id, @json, @now, @now)
     ON CONFLICT (id) DO UPDATE SET json = excluded.json, changed_at_ms = excluded.changed_at_ms`,
  )
  const drop = db.prepare('DELETE FROM own_schemes WHERE id = ?')
  const users = db
    .prepare<[string], string>(
      'SELECT name FROM endpoints WHERE removed_at_ms IS NULL AND scheme_id = ? ORDER BY id',
    )
    .pluck()
  const raise = db
    .prepare<[string], number>(
      `UPDATE endpoints SET revision = revision + 1
       WHERE removed_at_ms IS NULL AND (scheme_id = ? OR scheme_id IS NULL) RETURNING id`,
    )
    .pluck()

  const save = db.transaction((id: string, json: string): RaisedEndpoints => {
    if (get.get(id) === json) return []
    put.run({ id, json, now: Date.now() })
    return raise.all(id)
  })
  const remove = db.transaction((id: string): ReturnType<OwnSchemesTable['remove']> => {
    if (get.get(id) === undefined) return null
    const usedBy = users.all(id)
    if (usedBy.length > 0) return { usedBy }
    drop.run(id)
    return { raised: raise.all(id) }
  })

  return {
    list: ownSchemesReader(db),
    save: (id, json) => save.immediate(id, json),
    remove: (id) => remove.immediate(id),
  }
}

/** @throws SqliteError where the table is not there, as before its migration */
export function ownSchemesReader(db: Database): () => OwnSchemeRow[] {
  const list = db.prepare<[], OwnSchemeRow>(
    `SELECT id, json, created_at_ms AS createdAtMs, changed_at_ms AS changedAtMs
     FROM own_schemes ORDER BY id`,
  )
  return () => list.all()
}
