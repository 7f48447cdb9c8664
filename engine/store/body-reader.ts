import fs from 'node:fs'
import type { Database } from 'better-sqlite3'
import { bodyFile } from './body-files.ts'
import type { BodyInfo } from './types.ts'

interface StoredBodyInfo {
  byteLength: number
  sha256: Buffer
  file: string | null
}

export interface BodyReader {
  /**
   * At most `length` bytes from `offset`, fewer at the end; `null`: there is no such delivery, or
   * its spooled file is gone.
   */
  body(id: number, offset: number, length: number): Uint8Array | null
  bodyInfo(id: number): BodyInfo | null
}

export function bodyReader(db: Database, dataDir: string): BodyReader {
  const info = db.prepare<[number], StoredBodyInfo>(
    `SELECT body_byte_length AS byteLength, body_sha256 AS sha256, body_file AS file
     FROM deliveries WHERE id = ?`,
  )
  const range = db
    .prepare<[number, number, number], Buffer>(
      'SELECT substr(bytes, ? + 1, ?) FROM bodies WHERE delivery_id = ?',
    )
    .pluck()
  return {
    body: (id, offset, length) => {
      const stored = info.get(id)
      if (stored === undefined) return null
      if (offset >= stored.byteLength || length <= 0) return new Uint8Array()
      if (stored.file !== null) return readBodyFile(dataDir, stored.file, offset, length)
      return range.get(offset, length, id) ?? null
    },
    bodyInfo: (id) => {
      const stored = info.get(id)
      if (stored === undefined) return null
      const { byteLength, sha256, file } = stored
      return {
        byteLength,
        sha256: sha256.toString('hex'),
        file: file === null ? null : bodyFile(dataDir, file),
      }
    },
  }
}

/** A range of a spooled body; `null`: its file is gone. */
export function readBodyFile(
  dataDir: string,
  name: string,
  offset: number,
  length: number,
): Uint8Array | null {
  const file = bodyFile(dataDir, name)
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return null
  const fd = fs.openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, stat.size - offset)))
    let filled = 0
    while (filled < bytes.length) {
      const read = fs.readSync(fd, bytes, filled, bytes.length - filled, offset + filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    fs.closeSync(fd)
  }
}
