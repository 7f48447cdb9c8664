import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { KEY_BYTES } from './sealing.ts'

/** The file says what it is, so that nobody deletes it as rubbish. */
const HEADING = 'countersign-key-file-1:'
/** Heading, base64 of 32 bytes, line end. */
const FILE_BYTES = HEADING.length + 44 + 1

export type KeyFile =
  | { key: Buffer; /** It was open to others, which was put right. */ modeFixed: boolean }
  | { problem: string }

export function keyFilePath(dataDir: string): string {
  return path.join(dataDir, 'data.key')
}

/** Where the key file of a data key that is being made waits for its slot. */
export function nextKeyFilePath(dataDir: string): string {
  return path.join(dataDir, 'data.key.new')
}

/** The key in the text of a key file; `null`: it is none. */
export function parseKeyFile(text: string): Buffer | null {
  const trimmed = text.trim()
  if (!trimmed.startsWith(HEADING)) return null
  const key = Buffer.from(trimmed.slice(HEADING.length), 'base64')
  return key.byteLength === KEY_BYTES ? key : null
}

/** Reads the key file; a file that others can read is closed to them first. */
export function readKeyFile(file: string): KeyFile {
  try {
    const open = process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0
    if (open) fs.chmodSync(file, 0o600)
    const key = parseKeyFile(fs.readFileSync(file, 'utf8'))
    if (key === null) return { problem: `${file} is not a key file of Countersign.` }
    return { key, modeFixed: open }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing) return { problem: `The key file ${file} is missing.` }
    const detail = error instanceof Error ? error.message : String(error)
    return { problem: `The key file ${file} cannot be read (${detail}).` }
  }
}

/**
 * Creates a key file (0600) that is durable when this returns: the slot that needs it is written
 * only afterwards. A whole one that a crash left without a slot is used again; a torn one, which
 * no slot can need, is made anew.
 * @throws Error when a file stands there that is no key file, or the disk refuses
 */
export function createKeyFile(file: string): Buffer {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat !== undefined && stat.size >= FILE_BYTES) {
    const found = readKeyFile(file)
    if ('problem' in found) throw new Error(found.problem)
    return found.key
  }
  if (stat !== undefined) fs.rmSync(file)
  const key = randomBytes(KEY_BYTES)
  const fd = fs.openSync(file, 'wx', 0o600)
  try {
    fs.writeSync(fd, `${HEADING}${key.toString('base64')}\n`)
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
  syncFolder(path.dirname(file))
  return key
}

/** The key file that was made for a new data key takes its place; durable when this returns. */
export function adoptNextKeyFile(dataDir: string): void {
  fs.renameSync(nextKeyFilePath(dataDir), keyFilePath(dataDir))
  syncFolder(dataDir)
}

/** A key file whose slot is gone, or never came to be. */
export function removeKeyFile(file: string): void {
  if (fs.statSync(file, { throwIfNoEntry: false }) === undefined) return
  fs.rmSync(file)
  syncFolder(path.dirname(file))
}

/**
 * Moves a key file out of the way of a new one, and keeps it: a former data key may lie in it.
 * @returns where it is now; `null`: there was none
 */
export function setKeyFileAside(dataDir: string): string | null {
  const file = keyFilePath(dataDir)
  if (fs.statSync(file, { throwIfNoEntry: false }) === undefined) return null
  let number = 1
  while (fs.existsSync(`${file}.former-${number}`)) number++
  fs.renameSync(file, `${file}.former-${number}`)
  syncFolder(dataDir)
  return `${file}.former-${number}`
}

/** Key files that were set aside, oldest first. */
export function formerKeyFiles(dataDir: string): string[] {
  const file = keyFilePath(dataDir)
  const found: string[] = []
  for (let number = 1; fs.existsSync(`${file}.former-${number}`); number++) {
    found.push(`${file}.former-${number}`)
  }
  return found
}

/** Windows has no such thing as syncing a folder. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}
