import fs from 'node:fs'
import path from 'node:path'

/** Six files of 2 MiB at most: the log never takes more than 12 MiB of the disk. */
export const FILE_BYTES = 2 * 1024 * 1024
export const OLD_FILES = 5

export function logsFolder(dataDir: string): string {
  return path.join(dataDir, 'logs')
}

/** `engine.log`, and from the newest to the oldest `engine.1.log` … `engine.5.log`. */
export function logFile(folder: string, name: string, age = 0): string {
  return path.join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`)
}

/**
 * Appends lines to a file and begins a new one when it is full. Synchronous: what was logged before
 * a crash is in the file. It is not fsynced: a power cut may take the last lines.
 */
export class RotatingFile {
  readonly #folder: string
  readonly #name: string
  readonly #fileBytes: number
  #fd: number | null = null
  #size = 0

  constructor(folder: string, name: string, fileBytes = FILE_BYTES) {
    this.#folder = folder
    this.#name = name
    this.#fileBytes = fileBytes
  }

  /** Without a line break at its end. @throws Error when the disk refuses */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`)
    const open = this.#fd ?? this.#open()
    const full = this.#size > 0 && this.#size + bytes.byteLength > this.#fileBytes
    this.#size += fs.writeSync(full ? this.#rotate() : open, bytes)
  }

  close(): void {
    if (this.#fd !== null) fs.closeSync(this.#fd)
    this.#fd = null
  }

  #open(): number {
    fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const fd = fs.openSync(logFile(this.#folder, this.#name), 'a', 0o600)
    this.#fd = fd
    this.#size = fs.fstatSync(fd).size
    return fd
  }

  #rotate(): number {
    this.close()
    for (let age = OLD_FILES - 1; age >= 0; age--) {
      const from = logFile(this.#folder, this.#name, age)
      if (fs.existsSync(from)) fs.renameSync(from, logFile(this.#folder, this.#name, age + 1))
    }
    this.#size = 0
    return this.#open()
  }
}
