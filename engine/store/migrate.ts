import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { EngineStartError } from '#engine/options.ts'
import { DamagedDatabase } from './damaged-database.ts'
import type { Migration } from './migrations/migration.ts'

/** `CSGN`: marks our databases in their header (https://sqlite.org/fileformat2.html#application_id). */
export const APPLICATION_ID = 0x4353474e

interface AppliedMigration {
  number: number
  name: string
  sha256: string
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A digest of another text has nothing in common with it; one with a flipped bit has nearly all. */
function isNearly(expected: string, found: string): boolean {
  if (found.length !== expected.length) return false
  return Array.from(expected).filter((letter, at) => letter !== found[at]).length <= 4
}

function readApplied(db: Database): AppliedMigration[] {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get()
  if (known === undefined) return []
  return db
    .prepare<[], AppliedMigration>('SELECT number, name, sha256 FROM migrations ORDER BY number')
    .all()
}

/**
 * Compares what a database has been through with what this version knows; reads only.
 * @returns how many of `known` are applied
 * @throws EngineStartError `database-newer` for migrations of a newer or another version
 */
export function checkApplied(db: Database, known: readonly Migration[], file: string): number {
  const applied = readApplied(db)
  const userVersion = Number(db.pragma('user_version', { simple: true }))
  if (applied.length > known.length || userVersion > known.length) {
    throw new EngineStartError(
      'database-newer',
      `${file} was written by a newer version of Countersign and was left untouched. ` +
        'Install that version or a later one, or choose another data directory.',
    )
  }
  for (const [index, one] of applied.entries()) {
    const expected = known[index]
    if (expected?.number === one.number && sha256(expected.sql) === one.sha256) continue
    if (expected && isNearly(sha256(expected.sql), one.sha256)) {
      throw new DamagedDatabase(`the record of migration ${one.number} was changed`)
    }
    throw new EngineStartError(
      'database-newer',
      `${file} was written by another build of Countersign (its migration ${one.number}, ` +
        `“${one.name}”, differs) and was left untouched. ` +
        'Start the build that made it, or choose another data directory.',
    )
  }
  return applied.length
}

/**
 * Applies what is missing, each migration in one transaction together with its record, so that a
 * crash leaves either the state before it or the state after it.
 */
export function migrate(db: Database, known: readonly Migration[], file: string): void {
  const applied = checkApplied(db, known, file)
  for (const migration of known.slice(applied)) {
    db.transaction(() => {
      db.exec(migration.sql)
      db.prepare(
        'INSERT INTO migrations (number, name, sha256, applied_at_ms) VALUES (?, ?, ?, ?)',
      ).run(migration.number, migration.name, sha256(migration.sql), Date.now())
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${migration.number}`)
    }).immediate()
  }
}
