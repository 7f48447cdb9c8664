import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openReader } from '#engine/store/open-reader.ts'
import { Breach, expectNone } from './breach.ts'
import { headersDigest, type Sent } from './ledger.ts'

const CHUNK_BYTES = 256 * 1024
const DATABASE = 'countersign.sqlite'

/** A delivery as the data directory has it. */
export interface Stored extends Omit<Sent, 'messageId'> {
  id: number
  messageId: string | null
  verdict: string
  verdictAtReceipt: string
  statusAnswered: number | null
}

/** Reads what lies behind `afterId`, with every byte of every body. */
export function readStored(dataDir: string, afterId = 0): Stored[] {
  const reader = openReader(dataDir)
  try {
    const stored: Stored[] = []
    for (const id of idsAfter(dataDir, afterId)) {
      const row = reader.get(id)
      if (row === null) throw new Breach('A delivery cannot be read.', { id })
      const digest = createHash('sha256')
      let byteLength = 0
      while (byteLength < row.bodyByteLength) {
        const bytes = reader.body(id, byteLength, CHUNK_BYTES)
        if (bytes === null || bytes.byteLength === 0) break
        digest.update(bytes)
        byteLength += bytes.byteLength
      }
      stored.push({
        id,
        target: row.target,
        messageId: row.verification.messageId,
        bodySha256: digest.digest('hex'),
        bodyByteLength: byteLength,
        headersSha256: headersDigest(row.rawHeaders),
        verdict: row.verification.verdict,
        verdictAtReceipt: row.verificationAtReceipt.verdict,
        statusAnswered: row.statusAnswered,
      })
      const told = row.bodySha256
      if (stored.at(-1)?.bodySha256 !== told || byteLength !== row.bodyByteLength) {
        throw new Breach('A body is not the one that its row tells of.', { id, target: row.target })
      }
    }
    return stored
  } finally {
    reader.close()
  }
}

function idsAfter(dataDir: string, afterId: number): number[] {
  return withDatabase(dataDir, (db) =>
    db
      .prepare<[number], number>('SELECT id FROM deliveries WHERE id > ? ORDER BY id')
      .pluck()
      .all(afterId),
  )
}

/** A connection that only reads, beside whoever has the data directory. */
export function withDatabase<T>(dataDir: string, use: (db: Database.Database) => T): T {
  const db = new Database(join(dataDir, DATABASE), { readonly: true, timeout: 5_000 })
  try {
    return use(db)
  } finally {
    db.close()
  }
}

/** SQLite's own checks, and rows that name what is not there. @throws Breach */
export function checkDatabase(dataDir: string): void {
  withDatabase(dataDir, (db) => {
    const told = db.pragma('integrity_check', { simple: true })
    if (told !== 'ok') throw new Breach('PRAGMA integrity_check is not ok.', told)
    const dangling = db.pragma('foreign_key_check')
    expectNone('PRAGMA foreign_key_check finds rows.', Array.isArray(dangling) ? dangling : [])
    for (const [table, key] of BELONGING) {
      const orphans = db
        .prepare(`SELECT ${key} FROM ${table} WHERE ${key} NOT IN (SELECT id FROM deliveries)`)
        .all()
      expectNone(`There are rows of ${table} without their delivery.`, orphans)
    }
    const files = db
      .prepare<[], string>('SELECT body_file FROM deliveries WHERE body_file IS NOT NULL')
      .pluck()
      .all()
    const missing = files.filter((name) => !existsSync(join(dataDir, 'bodies', name)))
    expectNone('There are rows whose body file is gone.', missing)
  })
}

const BELONGING = [
  ['bodies', 'delivery_id'],
  ['facets', 'id'],
  ['delivery_times', 'delivery_id'],
  ['removed', 'delivery_id'],
  ['forwards', 'delivery_id'],
] as const

/** Body files that no row names; to be asked after a sweep. */
export function orphanedBodies(dataDir: string): string[] {
  const named = new Set(
    withDatabase(dataDir, (db) =>
      db
        .prepare<[], string>('SELECT body_file FROM deliveries WHERE body_file IS NOT NULL')
        .pluck()
        .all(),
    ),
  )
  return readdirSync(join(dataDir, 'bodies')).filter((name) => !named.has(name))
}

/** Each of these is there, once, byte for byte, and was judged right. @throws Breach */
export function expectStored(promised: readonly Sent[], stored: readonly Stored[]): void {
  const byTarget = new Map<string, Stored[]>()
  for (const one of stored) byTarget.set(one.target, [...(byTarget.get(one.target) ?? []), one])
  const wrong = promised.flatMap((sent) => {
    const found = byTarget.get(sent.target) ?? []
    const [row] = found
    return found.length === 1 && row !== undefined && isSame(sent, row) ? [] : [{ sent, found }]
  })
  expectNone('Answered deliveries are missing, doubled or changed.', wrong)
}

function isSame(sent: Sent, row: Stored): boolean {
  return (
    row.bodySha256 === sent.bodySha256 &&
    row.bodyByteLength === sent.bodyByteLength &&
    row.headersSha256 === sent.headersSha256 &&
    row.messageId === sent.messageId &&
    row.verdict === 'valid' &&
    row.verdictAtReceipt === 'valid'
  )
}
