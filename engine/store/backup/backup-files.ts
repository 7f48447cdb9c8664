import fs from 'node:fs'
import path from 'node:path'
import { syncFolder } from '#engine/store/database-file.ts'

export interface BackupFile {
  file: string
  bytes: number
  madeAtMs: number
  /** `before-migration`: made by itself; at most three are kept. */
  kind: 'before-migration' | 'asked-for'
  /** The schema version inside; `null`: its name does not say. */
  version: number | null
}

const KEPT = 3
const NAME = /^countersign-(before-)?v(\d+)-.+\.(sqlite|tar)$/

export function backupsFolder(dataDir: string): string {
  return path.join(dataDir, 'backups')
}

/** Makes the folder of backups (0700). */
export function prepareBackups(dataDir: string): string {
  const folder = backupsFolder(dataDir)
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  syncFolder(dataDir)
  return folder
}

/** Newest first. */
export function listBackups(dataDir: string): BackupFile[] {
  const folder = backupsFolder(dataDir)
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .flatMap((name): BackupFile[] => {
      const parts = NAME.exec(name)
      const file = path.join(folder, name)
      const found = fs.statSync(file, { throwIfNoEntry: false })
      if (parts === null || found === undefined || !found.isFile()) return []
      const kind = parts[1] === undefined ? 'asked-for' : 'before-migration'
      const version = Number(parts[2])
      return [{ file, bytes: found.size, madeAtMs: found.mtimeMs, kind, version }]
    })
    .sort((a, b) => b.madeAtMs - a.madeAtMs || (a.file < b.file ? 1 : -1))
}

/** Of those that are made by themselves the newest three stay; what a person asked for stays. */
export function dropOldBackups(dataDir: string): void {
  const own = listBackups(dataDir).filter(({ kind }) => kind === 'before-migration')
  for (const { file } of own.slice(KEPT)) fs.rmSync(file, { force: true })
}

/** Makes a file durable under its final name. */
export function putInPlace(part: string, file: string): void {
  const fd = fs.openSync(part, 'r+')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
  fs.renameSync(part, file)
  syncFolder(path.dirname(file))
}
