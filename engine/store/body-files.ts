import fs from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { bodiesFolder } from './database-file.ts'

/** Names looked at in one sweep, so that opening stays quick however many there are. */
const SWEEP_LIMIT = 2_000

/** Up to here a body is looked for in every row before its file goes: an index may be damaged. */
const LOOKED_THROUGH_BYTES = 128 * 1024 * 1024

/** What the listener is still writing. */
const PART = '.part'

export function isBodyFileName(name: string): boolean {
  return /^[0-9A-Za-z_-][0-9A-Za-z._-]*$/.test(name) && !name.endsWith(PART)
}

export function bodyFile(dataDir: string, name: string): string {
  return path.join(bodiesFolder(dataDir), name)
}

/**
 * Removes what a crash left in `<dataDir>/bodies`: files never finished (`*.part`), and finished
 * ones whose row was never written. Run it before anything is captured: a body is renamed before
 * its row is committed.
 */
export function sweepOrphanedBodies(
  db: Database,
  dataDir: string,
): { removed: number; complete: boolean } {
  const known = db.prepare<[string]>('SELECT 1 FROM deliveries WHERE body_file = ? LIMIT 1')
  const standsSomewhere = everyRow(db)
  const folder = fs.opendirSync(bodiesFolder(dataDir))
  let seen = 0
  let removed = 0
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (seen === SWEEP_LIMIT) return { removed, complete: false }
      seen += 1
      if (!entry.isFile() || known.get(entry.name) !== undefined) continue
      const isPart = entry.name.endsWith(PART)
      if (!isPart && (!isBodyFileName(entry.name) || standsSomewhere(entry.name))) continue
      fs.rmSync(path.join(bodiesFolder(dataDir), entry.name), { force: true })
      removed += 1
    }
    return { removed, complete: true }
  } finally {
    folder.closeSync()
  }
}

/** Whether any row names a body, asked without the index; of a large database the index is taken at its word. */
function everyRow(db: Database): (name: string) => boolean {
  const pages = Number(db.pragma('page_count', { simple: true }))
  const pageSize = Number(db.pragma('page_size', { simple: true }))
  if (pages * pageSize > LOOKED_THROUGH_BYTES) return () => false
  const find = db.prepare<[string]>(
    'SELECT 1 FROM deliveries NOT INDEXED WHERE body_file = ? LIMIT 1',
  )
  return (name) => find.get(name) !== undefined
}
