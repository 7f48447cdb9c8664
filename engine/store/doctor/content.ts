import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { verdicts } from '#contract/verdict.ts'
import { isBodyFileName } from '#engine/store/body-files.ts'
import { bodiesFolder } from '#engine/store/database-file.ts'
import { checkBodies } from '#engine/store/salvage/consistent.ts'

const PIECE_BYTES = 1024 * 1024

/** Deliveries whose stored values cannot be read although their row can. */
export function unreadableDeliveries(db: Database): number[] {
  const known = verdicts.map((verdict) => `'${verdict}'`).join(', ')
  return db
    .prepare<[], number>(
      `SELECT id FROM deliveries WHERE verdict NOT IN (${known})
         OR verdict_at_receipt NOT IN (${known})
         OR NOT json_valid(raw_headers) OR NOT json_valid(coalesce(raw_trailers, '[]'))
         OR NOT json_valid(coalesce(answer_headers, '[]'))
         OR NOT json_valid(verification_at_receipt)
         OR NOT json_valid(coalesce(verification, '{}'))`,
    )
    .pluck()
    .all()
}

export interface BodyFindings {
  /** Deliveries whose body is not what was received, and those whose body is gone. */
  changed: number[]
  missing: number[]
  /** Names of files that no delivery has. */
  orphans: string[]
  looked: number
}

/** SHA-256 of a file, in pieces; `null`: there is none. */
function digestOfFile(file: string): string | null {
  if (!fs.existsSync(file)) return null
  const fd = fs.openSync(file, 'r')
  try {
    const hash = createHash('sha256')
    const piece = Buffer.alloc(PIECE_BYTES)
    for (let read = fs.readSync(fd, piece); read > 0; read = fs.readSync(fd, piece)) {
      hash.update(piece.subarray(0, read))
    }
    return hash.digest('hex')
  } finally {
    fs.closeSync(fd)
  }
}

/**
 * Compares every body, in the database and in files, with the digest taken at receipt.
 * @param settledMs a file younger than this may be of a delivery that is just being stored
 */
export function examineBodies(db: Database, dataDir: string, settledMs: number): BodyFindings {
  const { changed, missing } = checkBodies(db)
  const folder = bodiesFolder(dataDir)
  const named = db.prepare<[], { id: number; name: string; digest: Buffer }>(
    `SELECT id, body_file AS name, body_sha256 AS digest FROM deliveries
     WHERE body_file IS NOT NULL`,
  )
  const known = new Set<string>()
  let looked = 0
  for (const { id, name, digest } of named.iterate()) {
    known.add(name)
    looked += 1
    const found = isBodyFileName(name) ? digestOfFile(path.join(folder, name)) : null
    if (found === null) missing.push(id)
    else if (found !== digest.toString('hex')) changed.push(id)
  }
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const settled = (name: string) => {
    const found = fs.statSync(path.join(folder, name), { throwIfNoEntry: false })
    return found?.isFile() === true && Date.now() - found.mtimeMs >= settledMs
  }
  const orphans = names.filter((name) => isBodyFileName(name) && !known.has(name) && settled(name))
  return { changed, missing, orphans, looked }
}
