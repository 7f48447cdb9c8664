import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { EngineStartError } from '#engine/options.ts'
import { APPLICATION_ID, checkApplied } from './migrate.ts'
import { quickLook } from './quick-look.ts'
import type { Migration } from './migrations/migration.ts'

export const MAGIC = 'SQLite format 3\0'
/** Where the header keeps them: https://sqlite.org/fileformat2.html#the_database_header */
const USER_VERSION_OFFSET = 60
const APPLICATION_ID_OFFSET = 68
const HEADER_BYTES = 100

export function databaseFile(dataDir: string): string {
  return path.join(dataDir, 'countersign.sqlite')
}

export function bodiesFolder(dataDir: string): string {
  return path.join(dataDir, 'bodies')
}

/** Makes a new name durable; Windows has no such thing as syncing a folder. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

/** Creates the data directory (0700), its folder of bodies and an empty database file (0600). */
export function prepareDataDir(dataDir: string): void {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  fs.mkdirSync(bodiesFolder(dataDir), { recursive: true, mode: 0o700 })
  const file = databaseFile(dataDir)
  if (!fs.existsSync(file)) fs.closeSync(fs.openSync(file, 'wx', 0o600))
  fs.chmodSync(file, 0o600)
  syncFolder(dataDir)
  syncFolder(path.dirname(path.resolve(dataDir)))
}

function readHeader(file: string): Buffer | null {
  if (!fs.existsSync(file)) return null
  const fd = fs.openSync(file, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    const read = fs.readSync(fd, header, 0, HEADER_BYTES, 0)
    return header.subarray(0, read)
  } finally {
    fs.closeSync(fd)
  }
}

function foreign(file: string, what: string): EngineStartError {
  return new EngineStartError(
    'not-a-database',
    `${file} ${what} and was left untouched. Move it away, or choose another data directory.`,
  )
}

/**
 * Decides by looking only whether a database may be opened for writing. The header is read as
 * bytes first: even a read-only connection leaves files beside a database in WAL mode.
 * @returns how many migrations it has been through
 * @throws EngineStartError `not-a-database` or `database-newer`; SqliteError or DamagedDatabase
 */
export function inspectDatabase(file: string, known: readonly Migration[]): number {
  const header = readHeader(file)
  if (header === null || header.length === 0) return 0
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw foreign(file, 'is not an SQLite database')
  }
  const applicationId = header.readUInt32BE(APPLICATION_ID_OFFSET)
  if (applicationId !== APPLICATION_ID && applicationId !== 0) {
    throw foreign(file, 'is a database of another program')
  }
  const userVersion = header.readUInt32BE(USER_VERSION_OFFSET)
  if (applicationId === APPLICATION_ID && userVersion > known.length) {
    throw new EngineStartError(
      'database-newer',
      `${file} was written by a newer version of Countersign and was left untouched. ` +
        'Install that version or a later one, or choose another data directory.',
    )
  }
  return inspectTables(file, known)
}

/** The header may be behind a write-ahead log that a crash left: ask SQLite, read-only. */
function inspectTables(file: string, known: readonly Migration[]): number {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    refuseForeign(db, file)
    const applied = checkApplied(db, known, file)
    if (applied > 0) quickLook(db)
    return applied
  } finally {
    db.close()
  }
}

/** An application id of 0 is fine only while there is nothing in the database. */
export function refuseForeign(db: Database.Database, file: string): void {
  const applicationId = Number(db.pragma('application_id', { simple: true }))
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
  if (applicationId !== APPLICATION_ID && tables > 0) {
    throw foreign(file, 'is a database of another program')
  }
}
