import type { Database } from 'better-sqlite3'

/** A stored endpoint check: two JSON texts of the contract, none of which holds a secret. */
export interface CheckRow {
  id: number
  startedAtMs: number
  /** Everything but the id and the results. */
  summary: string
  results: string
}

export interface ChecksTable {
  /** @returns its id */
  insert(startedAtMs: number, summary: string): number
  /** How it stands now. */
  update(id: number, summary: string): void
  /** How it ended. */
  finish(id: number, summary: string, results: string): void
  get(id: number): CheckRow | null
  /** Newest first, without results. */
  list(limit: number): Omit<CheckRow, 'results'>[]
  /** `false`: there is no such check. */
  remove(id: number): boolean
}

/** So many are kept; a report can be exported before it goes. */
const MOST_KEPT = 200

export function checksTable(db: Database): ChecksTable {
  const add = db.prepare("INSERT INTO checks (started_at_ms, summary, results) VALUES (?, ?, '[]')")
  const trim = db.prepare('DELETE FROM checks WHERE id <= ?')
  const change = db.prepare('UPDATE checks SET summary = ? WHERE id = ?')
  const end = db.prepare('UPDATE checks SET summary = ?, results = ? WHERE id = ?')
  const one = db.prepare<[number], CheckRow>(
    'SELECT id, started_at_ms AS startedAtMs, summary, results FROM checks WHERE id = ?',
  )
  const newest = db.prepare<[number], Omit<CheckRow, 'results'>>(
    'SELECT id, started_at_ms AS startedAtMs, summary FROM checks ORDER BY id DESC LIMIT ?',
  )
  const drop = db.prepare('DELETE FROM checks WHERE id = ?')
  const insert = db.transaction((startedAtMs: number, summary: string): number => {
    const id = Number(add.run(startedAtMs, summary).lastInsertRowid)
    trim.run(id - MOST_KEPT)
    return id
  })
  return {
    insert: (startedAtMs, summary) => insert.immediate(startedAtMs, summary),
    update: (id, summary) => {
      change.run(summary, id)
    },
    finish: (id, summary, results) => {
      end.run(summary, results, id)
    },
    get: (id) => one.get(id) ?? null,
    list: (limit) => newest.all(limit),
    remove: (id) => drop.run(id).changes > 0,
  }
}
