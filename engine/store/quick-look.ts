import type { Database } from 'better-sqlite3'
import { DamagedDatabase } from './damaged-database.ts'

/** Up to here every page is looked at before each start; it takes a few milliseconds. */
const WHOLE_CHECK_BYTES = 2 * 1024 * 1024
const LAST_ROWS = 20

/** What is looked at in any case: all of it is small, and nothing works without it. */
const SMALL_TABLES = ['endpoints', 'secrets', 'slots', 'settings'] as const

/** Of indexes that are made anew from the deliveries, and of nothing else. */
export const ONLY_SEARCH = /FTS5|^\*\*\*/

/**
 * What SQLite's own check finds wrong, a line each.
 * @param check `quick_check` or `integrity_check`, with its argument
 */
export function checkLines(db: Database, check: string): string[] {
  return db
    .prepare<[], string>(`PRAGMA ${check}`)
    .pluck()
    .all()
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== 'ok' && line !== '')
}

/** The same without what concerns search indexes alone, which are made anew. */
export function foundWrong(db: Database, check: string): string[] {
  return checkLines(db, check).filter((line) => !ONLY_SEARCH.test(line))
}

/**
 * Looks at the pages that a start needs, and at all of them while they are few, so that a million
 * deliveries do not make starting slow. The rest is found when it is read, and by the doctor.
 * @throws SqliteError or DamagedDatabase
 */
export function quickLook(db: Database): void {
  const pages = Number(db.pragma('page_count', { simple: true }))
  const pageSize = Number(db.pragma('page_size', { simple: true }))
  const whole = pages * pageSize <= WHOLE_CHECK_BYTES
  const checks = whole ? ['quick_check(5)'] : SMALL_TABLES.map((table) => `quick_check('${table}')`)
  for (const check of checks) {
    const [first] = foundWrong(db, check)
    if (first !== undefined) throw new DamagedDatabase(first)
  }
  if (!whole) {
    db.prepare(`SELECT * FROM deliveries ORDER BY id DESC LIMIT ${LAST_ROWS}`).all()
  }
}
