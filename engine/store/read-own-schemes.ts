import Database from 'better-sqlite3'
import { databaseFile } from './database-file.ts'
import { type OwnSchemeRow, ownSchemesReader } from './own-schemes-table.ts'

const BUSY_TIMEOUT_MS = 2_000

/**
 * The own schemes of a data directory that no engine has open; nothing is written or migrated.
 * @throws SqliteError when it is no database of ours
 */
export function readOwnSchemes(dataDir: string): OwnSchemeRow[] {
  const file = databaseFile(dataDir)
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  try {
    db.pragma('trusted_schema = OFF')
    const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'own_schemes'").get()
    return known === undefined ? [] : ownSchemesReader(db)()
  } finally {
    db.close()
  }
}
