import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { DamagedDatabase } from '#engine/store/damaged-database.ts'
import { databaseFile, MAGIC } from '#engine/store/database-file.ts'
import { APPLICATION_ID } from '#engine/store/migrate.ts'
import { type LogLook, openPages } from './page-file.ts'

/** So much of a file whose header is wrong is looked through for our schema. */
const LOOKED_THROUGH_BYTES = 1024 * 1024

export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(error.code)
}

function sizeOf(file: string): number {
  return fs.existsSync(file) ? fs.statSync(file).size : 0
}

/** Whether what is left of a file shows that it was a database of ours. */
function wasOurs(file: string): boolean {
  const fd = fs.openSync(file, 'r')
  try {
    const start = Buffer.alloc(Math.min(LOOKED_THROUGH_BYTES, fs.fstatSync(fd).size))
    fs.readSync(fd, start, 0, start.length, 0)
    if (start.length >= 72 && start.readUInt32BE(68) === APPLICATION_ID) return true
    return (
      start.includes('CREATE TABLE deliveries (') || start.includes('CREATE TABLE migrations (')
    )
  } finally {
    fs.closeSync(fd)
  }
}

/** By the first page as the log has it, or else the file. */
function isOursByLog(file: string): boolean {
  const pages = openPages(file, true)
  try {
    return pages.page(1)?.readUInt32BE(68) === APPLICATION_ID
  } finally {
    pages.close()
  }
}

/** What only a data directory has in which a database was in use before. */
function wasInUse(dataDir: string): boolean {
  const bodies = path.join(dataDir, 'bodies')
  return (
    fs.existsSync(path.join(dataDir, 'data.key')) ||
    (fs.existsSync(bodies) && fs.readdirSync(bodies).some((name) => !name.endsWith('.part')))
  )
}

/**
 * What is wrong with the file by its beginning; `null`: nothing, or it is no file of ours, which
 * inspectDatabase says.
 */
export function headerDamage(dataDir: string, log: LogLook['state']): string | null {
  const file = databaseFile(dataDir)
  if (!fs.existsSync(file))
    return log === 'empty' ? null : 'its file is missing, only its log is there'
  const bytes = sizeOf(file)
  if (bytes === 0) {
    if (log !== 'empty') return 'its file is empty, only its log is there'
    return wasInUse(dataDir) ? 'its file is empty' : null
  }
  if (log === 'damaged' && (isOursByLog(file) || wasInUse(dataDir))) {
    return 'the header of its log is damaged'
  }
  const fd = fs.openSync(file, 'r')
  const header = Buffer.alloc(100)
  const read = fs.readSync(fd, header, 0, 100, 0)
  fs.closeSync(fd)
  const isDatabase = read === 100 && header.toString('latin1', 0, MAGIC.length) === MAGIC
  if (isDatabase && header.readUInt32BE(68) === APPLICATION_ID) return null
  if (isDatabase && header.readUInt32BE(68) === 0 && !wasOurs(file)) return null
  if (!wasOurs(file) && !isOursByLog(file)) return null
  return isDatabase ? 'its header says that another program made it' : 'its header is damaged'
}
