import fs from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder (0700) with all that is missing above it. Each of them is a new name in the one
 * above it: a data directory below one that was not synced would be gone whole after a power cut.
 * Its own file, since whoever makes a data directory need not load the database.
 */
export function makeFolder(folder: string): void {
  const wanted = path.resolve(folder)
  const first = fs.mkdirSync(wanted, { recursive: true, mode: 0o700 })
  // Windows has no such thing as syncing a folder.
  if (first === undefined || process.platform === 'win32') return
  const last = path.resolve(first)
  for (let made = wanted; made !== path.dirname(made); made = path.dirname(made)) {
    const fd = fs.openSync(path.dirname(made), 'r')
    try {
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
    if (made === last) return
  }
}
