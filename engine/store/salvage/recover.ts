import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { EngineStartError } from '#engine/options.ts'
import { isBodyFileName } from '#engine/store/body-files.ts'
import { bodiesFolder, databaseFile, syncFolder } from '#engine/store/database-file.ts'
import {
  beginIncident,
  type Incident,
  type IncidentReport,
  listIncidents,
  writeReport,
} from './incident.ts'
import { salvage, salvageSentence, unreadableCount } from './salvage.ts'

/** The log goes first: a database whose log still stands could be opened without it otherwise. */
const SUFFIXES = ['-wal', '-shm', ''] as const

/** The reader's own copy of a damaged page would hide behind a rename; so names are moved only. */
function moveAside(dataDir: string, folder: string): void {
  for (const suffix of SUFFIXES) {
    const file = `${databaseFile(dataDir)}${suffix}`
    if (fs.existsSync(file)) fs.renameSync(file, path.join(folder, path.basename(file)))
  }
  syncFolder(folder)
  syncFolder(dataDir)
}

const megabytes = (amount: number) => `${Math.ceil(amount / 1_000_000)} MB`

function assertRoom(dataDir: string, damaged: string): void {
  const bytes = [damaged, `${damaged}-wal`].reduce(
    (sum, file) => sum + (fs.existsSync(file) ? fs.statSync(file).size : 0),
    0,
  )
  const { bavail, bsize } = fs.statfsSync(dataDir)
  if (bavail * bsize > bytes * 1.1) return
  throw new EngineStartError(
    'data-dir-unusable',
    `The database is damaged and was set aside, unchanged, in ${path.dirname(damaged)}. ` +
      `To save what can be read, ${megabytes(bytes * 1.1)} are needed on its disk and ` +
      `${megabytes(bavail * bsize)} are free. Free some space and start again.`,
  )
}

/** Files of bodies whose delivery could not be read stay with the database that knew them. */
function moveLostBodies(dataDir: string, folder: string, database: string): number {
  if (!fs.existsSync(bodiesFolder(dataDir))) return 0
  const db = new Database(database, { readonly: true })
  try {
    const known = db.prepare<[string]>('SELECT 1 FROM deliveries WHERE body_file = ? LIMIT 1')
    const lost = fs
      .readdirSync(bodiesFolder(dataDir))
      .filter((name) => isBodyFileName(name) && known.get(name) === undefined)
    if (lost.length === 0) return 0
    const aside = path.join(folder, 'bodies')
    fs.mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const name of lost) {
      fs.renameSync(path.join(bodiesFolder(dataDir), name), path.join(aside, name))
    }
    syncFolder(aside)
    syncFolder(bodiesFolder(dataDir))
    return lost.length
  } finally {
    db.close()
  }
}

function finish(dataDir: string, { id: _id, folder, ...report }: Incident): void {
  const file = databaseFile(dataDir)
  const damaged = path.join(folder, path.basename(file))
  const write = (change: Partial<IncidentReport>) => {
    Object.assign(report, change)
    writeReport(folder, report)
  }
  if (report.state === 'moving') {
    moveAside(dataDir, folder)
    write({ state: 'salvaging' })
  }
  // The new database took its place before the last note of it was written.
  if (fs.existsSync(file)) return write({ state: 'done' })
  assertRoom(dataDir, damaged)
  const made = `${file}.salvaged`
  const done = salvage(damaged, made)
  const lostBodies = moveLostBodies(dataDir, folder, made)
  const files =
    lostBodies === 0 ? '' : ` ${lostBodies} body files without a delivery are beside it.`
  write({
    sentence: `${salvageSentence(done)}${files}`,
    unreadable: unreadableCount(done),
  })
  fs.renameSync(made, file)
  syncFolder(dataDir)
  write({ state: 'done' })
}

/**
 * Sets a damaged database aside (database, log and index of the log together; nothing is deleted)
 * and makes a new one of what can be read. Nobody may have it open.
 * @throws EngineStartError when there is no room for the new one
 */
export function recoverDatabase(dataDir: string, reason: string): void {
  finish(dataDir, beginIncident(dataDir, reason))
}

/** Goes on with a recovery that a crash or a full disk interrupted. */
export function finishRecovery(dataDir: string): void {
  for (const incident of listIncidents(dataDir)) {
    if (incident.state !== 'done') finish(dataDir, incident)
  }
}
