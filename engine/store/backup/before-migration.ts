import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { EngineStartError } from '#engine/options.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { timeName } from '#engine/store/salvage/incident.ts'
import { dropOldBackups, prepareBackups, putInPlace } from './backup-files.ts'

/** Beside the copy, the migration itself writes into the log. */
const ROOM_FACTOR = 1.5

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString('en-US')} MB`
}

function assertRoom(dataDir: string): void {
  const file = databaseFile(dataDir)
  const needed = [file, `${file}-wal`].reduce(
    (sum, each) => sum + (fs.existsSync(each) ? fs.statSync(each).size : 0),
    0,
  )
  const { bavail, bsize } = fs.statfsSync(dataDir)
  const free = bavail * bsize
  if (free >= needed * ROOM_FACTOR) return
  throw new EngineStartError(
    'data-dir-unusable',
    `${file} is of an earlier version and is backed up before it is changed: ` +
      `${megabytes(needed * ROOM_FACTOR)} are needed on its disk, ${megabytes(free)} are free. ` +
      'Free some space and start again. Nothing was changed.',
  )
}

/** An empty file, 0600: what SQLite makes by itself others could read. */
export function makePrivateFile(file: string): void {
  fs.rmSync(file, { force: true })
  fs.closeSync(fs.openSync(file, 'wx', 0o600))
}

/** A consistent copy of a database that may be in use, compacted; SQLite reads the log with it. */
export function copyDatabase(from: string, to: string): void {
  makePrivateFile(to)
  const db = new Database(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

/**
 * Copies the database into `backups/` before it is brought to a new version, durable when this
 * returns; the newest three are kept. Bodies in files stay where they are: no migration changes
 * them.
 * @param applied how many migrations the database has been through; 0: it is new
 * @returns the file; `null`: there is nothing to migrate
 * @throws EngineStartError when there is no room; then nothing is changed
 */
export function backUpBeforeMigration(
  dataDir: string,
  applied: number,
  known: number,
): string | null {
  if (applied === 0 || applied >= known) return null
  assertRoom(dataDir)
  const folder = prepareBackups(dataDir)
  const file = path.join(folder, `countersign-before-v${applied}-${timeName(Date.now())}.sqlite`)
  const part = `${file}.part`
  try {
    copyDatabase(databaseFile(dataDir), part)
    putInPlace(part, file)
  } finally {
    fs.rmSync(part, { force: true })
  }
  dropOldBackups(dataDir)
  return file
}
