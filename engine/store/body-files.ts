import fs from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { bodiesFolder } from './database-file.ts'
import { setAsideFolder } from './salvage/incident.ts'

/** Names looked up in one sweep, so that opening stays quick however many there are. */
const SWEEP_LIMIT = 2_000
/** Names read from the folder at once; read one by one they take ten times as long. */
const NAMES_AT_ONCE = 1_000

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
 * its row is committed. Of many files it looks at some, each time beginning at another, so that none
 * is left for ever.
 *
 * @param keep finished ones are set aside instead: the end of the log could not be read, and their
 * rows may have stood there
 * @param chance from 0 up to 1: where it begins
 */
export function sweepOrphanedBodies(
  db: Database,
  dataDir: string,
  { keep = false, chance = Math.random }: { keep?: boolean; chance?: () => number } = {},
): { removed: number; complete: boolean } {
  const known = db.prepare<[string]>('SELECT 1 FROM deliveries WHERE body_file = ? LIMIT 1')
  const standsSomewhere = everyRow(db)
  const names = namesOfFiles(bodiesFolder(dataDir))
  const first = names.length > SWEEP_LIMIT ? Math.floor(chance() * names.length) : 0
  let removed = 0
  for (const name of [...names.slice(first), ...names.slice(0, first)].slice(0, SWEEP_LIMIT)) {
    if (known.get(name) !== undefined) continue
    if (!name.endsWith(PART) && (!isBodyFileName(name) || standsSomewhere(name))) continue
    if (keep && !name.endsWith(PART)) setBodyAside(dataDir, name)
    else fs.rmSync(bodyFile(dataDir, name), { force: true })
    removed += 1
  }
  return { removed, complete: names.length <= SWEEP_LIMIT }
}

/** Beside the databases that were set aside. */
export function setBodyAside(dataDir: string, name: string): void {
  const aside = path.join(setAsideFolder(dataDir), 'bodies')
  fs.mkdirSync(aside, { recursive: true, mode: 0o700 })
  fs.renameSync(bodyFile(dataDir, name), path.join(aside, name))
}

function namesOfFiles(folder: string): string[] {
  const names: string[] = []
  const opened = fs.opendirSync(folder, { bufferSize: NAMES_AT_ONCE })
  try {
    for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
      if (entry.isFile()) names.push(entry.name)
    }
  } finally {
    opened.closeSync()
  }
  return names
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
