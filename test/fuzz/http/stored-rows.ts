import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CaptureProblem } from '#contract/delivery.ts'
import type { StoredRow } from './judge.ts'

interface Read {
  id: number
  address: string
  port: number
  method: string
  target: string
  problem: CaptureProblem | null
  problemDetail: string | null
  status: number | null
  file: string | null
  bytes: Buffer | null
}

export interface RowsSince {
  /** Rows that were stored since the last call, by `address:port` of their sender, in order. */
  next(): Map<string, StoredRow[]>
  close(): void
}

/** Reads deliveries straight out of the database file, beside the engine that writes it. */
export function rowsSince(dataDir: string): RowsSince {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  const statement = db.prepare<[number], Read>(
    `SELECT id, remote_address AS address, remote_port AS port, method, target, problem,
       problem_detail AS problemDetail, status_answered AS status, body_file AS file, bytes
     FROM deliveries LEFT JOIN bodies ON bodies.delivery_id = deliveries.id
     WHERE id > ? ORDER BY id`,
  )
  let last = 0
  return {
    next() {
      const rows = new Map<string, StoredRow[]>()
      for (const { id, address, port, file, bytes, ...row } of statement.iterate(last)) {
        last = id
        const key = `${address}:${port}`
        const body = file === null ? bytes : readFileSync(join(dataDir, 'bodies', file))
        const stored = { ...row, body: body?.toString('latin1') ?? '' }
        rows.set(key, [...(rows.get(key) ?? []), stored])
      }
      return rows
    },
    close: () => db.close(),
  }
}
