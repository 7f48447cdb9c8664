import fs from 'node:fs'
import path from 'node:path'
import type { DataFacts, SetAside } from '#contract/health.ts'
import { listBackups } from '#engine/store/backup/backup-files.ts'
import { bodiesFolder, databaseFile } from '#engine/store/database-file.ts'
import { type Incident, incidentSentence, listIncidents } from '#engine/store/salvage/incident.ts'

const USER_VERSION_OFFSET = 60

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

export function toSetAside(incident: Incident): SetAside {
  const { id, folder, happenedAtMs, unreadable, acknowledgedAtMs } = incident
  return {
    id,
    folder,
    happenedAtMs,
    unreadable,
    sentence: incidentSentence(incident),
    acknowledged: acknowledgedAtMs !== null,
  }
}

/** As the header of the file says; a log that was not written back may be a version ahead. */
function headerVersion(file: string): number {
  if (sizeOf(file) < 100) return 0
  const fd = fs.openSync(file, 'r')
  try {
    const header = Buffer.alloc(100)
    fs.readSync(fd, header, 0, 100, 0)
    return header.readUInt32BE(USER_VERSION_OFFSET)
  } finally {
    fs.closeSync(fd)
  }
}

function freeBytes(dataDir: string): number | null {
  const { bavail, bsize, blocks } = fs.statfsSync(dataDir)
  // A file system that does not tell.
  return blocks === 0 ? null : bavail * bsize
}

/** Sizes and lists of a data directory, from its files alone. */
export function dataFacts(dataDir: string, schemaVersion?: number): DataFacts {
  const file = databaseFile(dataDir)
  const folder = bodiesFolder(dataDir)
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const bodies = names.filter((name) => !name.endsWith('.part'))
  return {
    dataDir,
    schemaVersion: schemaVersion ?? headerVersion(file),
    databaseBytes: sizeOf(file),
    logBytes: sizeOf(`${file}-wal`),
    bodyFiles: bodies.length,
    bodyFileBytes: bodies.reduce((sum, name) => sum + sizeOf(path.join(folder, name)), 0),
    freeBytes: freeBytes(dataDir),
    backups: listBackups(dataDir),
    setAside: listIncidents(dataDir).map(toSetAside),
  }
}
