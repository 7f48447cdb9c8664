import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { tarEnd, tarHeader, tarPadding } from '#engine/interchange/export/tar.ts'
import { isBodyFileName } from '#engine/store/body-files.ts'
import { bodiesFolder, databaseFile } from '#engine/store/database-file.ts'
import { timeName } from '#engine/store/salvage/incident.ts'
import { prepareBackups, putInPlace } from './backup-files.ts'
import { copyDatabase } from './before-migration.ts'

const PIECE_BYTES = 1024 * 1024

export interface MadeBackup {
  file: string
  bytes: number
  deliveries: number
  bodyFiles: number
  /** Bodies that the database names and that were not there to be copied. */
  missingBodies: number
}

/** Second names of all bodies, so that what is deleted meanwhile is still there to be copied. */
function holdBodies(dataDir: string, hold: string): void {
  for (const name of fs.readdirSync(bodiesFolder(dataDir))) {
    const held = path.join(hold, name)
    if (!isBodyFileName(name) || fs.existsSync(held)) continue
    try {
      fs.linkSync(path.join(bodiesFolder(dataDir), name), held)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      // Deleted between being listed and being held.
      if (code === 'ENOENT') continue
      // A file system without second names: they are read where they lie.
      if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EMLINK') return
      throw error
    }
  }
}

function addFile(archive: number, name: string, file: string): void {
  const fd = fs.openSync(file, 'r')
  try {
    const { size, mtimeMs } = fs.fstatSync(fd)
    fs.writeSync(
      archive,
      tarHeader({ path: name, byteLength: size, modifiedAtMs: mtimeMs, mode: 0o600 }),
    )
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, Math.max(1, size)))
    for (let at = 0; at < size;) {
      const read = fs.readSync(fd, piece, 0, Math.min(piece.length, size - at), at)
      if (read === 0) throw new Error(`${file} became shorter while it was copied.`)
      fs.writeSync(archive, piece, 0, read)
      at += read
    }
    fs.writeSync(archive, tarPadding(size))
  } finally {
    fs.closeSync(fd)
  }
}

const README = `This is a backup of Countersign. To restore it, unpack it into an empty folder and start
Countersign on that folder with --data-dir. Signing secrets are sealed: they open with what opened
them before (the file data.key of the data directory, your passphrase, or the key storage of the
system), none of which is in here.
`

function writeArchive(
  file: string,
  { dataDir, copy, hold }: { dataDir: string; copy: string; hold: string },
): Omit<MadeBackup, 'file' | 'bytes'> {
  const archive = fs.openSync(file, 'wx', 0o600)
  const db = new Database(copy, { readonly: true })
  try {
    const read = Buffer.from(README)
    fs.writeSync(
      archive,
      tarHeader({ path: 'README.txt', byteLength: read.length, modifiedAtMs: Date.now() }),
    )
    fs.writeSync(archive, read)
    fs.writeSync(archive, tarPadding(read.length))
    addFile(archive, 'countersign.sqlite', copy)
    const keymap = path.join(dataDir, 'keymap.json')
    if (fs.existsSync(keymap)) addFile(archive, 'keymap.json', keymap)
    const names = db
      .prepare<[], string>('SELECT body_file FROM deliveries WHERE body_file IS NOT NULL')
      .pluck()
    let bodyFiles = 0
    let missingBodies = 0
    for (const name of names.iterate()) {
      const places = [path.join(hold, name), path.join(bodiesFolder(dataDir), name)]
      const found = places.find((place) => fs.existsSync(place))
      if (found !== undefined) {
        addFile(archive, `bodies/${name}`, found)
        bodyFiles += 1
      } else missingBodies += 1
    }
    fs.writeSync(archive, tarEnd())
    const deliveries = db.prepare<[], number>('SELECT count(*) FROM deliveries').pluck().get() ?? 0
    return { deliveries, bodyFiles, missingBodies }
  } finally {
    db.close()
    fs.closeSync(archive)
  }
}

/**
 * One archive (ustar) of everything that is captured and set, consistent while the engine runs; it
 * lies in `backups/`. Secrets stay sealed and the key is not in it. For a worker thread: it reads
 * all there is.
 * @throws Error when the disk refuses; then nothing is left behind
 */
export function makeBackup(dataDir: string): MadeBackup {
  const folder = prepareBackups(dataDir)
  const work = path.join(folder, `.work-${randomBytes(6).toString('hex')}`)
  const hold = path.join(work, 'bodies')
  fs.mkdirSync(hold, { recursive: true, mode: 0o700 })
  try {
    holdBodies(dataDir, hold)
    const copy = path.join(work, 'countersign.sqlite')
    copyDatabase(databaseFile(dataDir), copy)
    // Those that came in between.
    holdBodies(dataDir, hold)
    const part = path.join(work, 'backup.tar')
    const made = writeArchive(part, { dataDir, copy, hold })
    const version = versionOf(copy)
    const file = path.join(folder, `countersign-v${version}-${timeName(Date.now())}.tar`)
    putInPlace(part, file)
    return { file, bytes: fs.statSync(file).size, ...made }
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

function versionOf(copy: string): number {
  const db = new Database(copy, { readonly: true })
  try {
    return Number(db.pragma('user_version', { simple: true }))
  } finally {
    db.close()
  }
}
