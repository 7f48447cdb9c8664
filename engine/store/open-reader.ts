import Database from 'better-sqlite3'
import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import type { DuplicateKind } from '#contract/verdict.ts'
import { batchResultsReader, type BatchResultsReader } from './batch-results-reader.ts'
import { bodyReader, type BodyReader } from './body-reader.ts'
import { databaseFile } from './database-file.ts'
import {
  DETAIL_COLUMNS,
  FROM_DELIVERIES,
  ROW_COLUMNS,
  type StoredDelivery,
  type StoredRow,
  toDelivery,
  toRow,
} from './delivery-rows.ts'
import { forwardsReader, type ForwardsReader } from './forwards-reader.ts'
import { judgingReader, type JudgingReader } from './judging-reader.ts'
import { momentsReader, type MomentsReader } from './moments-reader.ts'
import { overviewReader, type OverviewReader } from './overview.ts'
import { replaysReader, type ReplaysReader } from './replays-reader.ts'
import { openSearch, prepareForSearch } from './search/open-search.ts'
import type { DeliverySearch, SearchOptions } from './search/types.ts'
import { tagsReader, type TagsReader } from './upkeep/tags-reader.ts'
import { secretUsageReader, type SecretUsageReader } from './secret-usage.ts'
import { transferReader, type TransferReader } from './transfer-reader.ts'

/** A reader may wait for a checkpoint: nobody stands still meanwhile. */
const BUSY_TIMEOUT_MS = 2_000
/** Deliveries of one message that are listed. */
const ATTEMPTS_LIMIT = 1_000

export type Attempt = DeliveryRow & { kind: DuplicateKind | null }

/** A read-only connection, for worker threads. */
export interface Reader
  extends DeliverySearch, BodyReader, JudgingReader, OverviewReader, SecretUsageReader, TagsReader {
  get(id: number): Delivery | null
  /** Hidden: deleted, and its removal can still be undone. */
  isRemoved(id: number): boolean
  /** All deliveries of the same message, oldest first, at most 1,000; it alone without an id. */
  attempts(id: number): Attempt[]
  replays: ReplaysReader
  batches: BatchResultsReader & MomentsReader
  forwards: ForwardsReader
  transfers: TransferReader
  close(): void
}

/**
 * Opens a database that a store has open or has made.
 * @throws SqliteError when there is none or it cannot be read
 */
export function openReader(dataDir: string, options: SearchOptions = {}): Reader {
  const file = databaseFile(dataDir)
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  prepareForSearch(db)
  db.pragma('query_only = ON')
  db.pragma('trusted_schema = OFF')
  const get = db.prepare<[number], StoredDelivery>(
    `SELECT ${ROW_COLUMNS}, ${DETAIL_COLUMNS} ${FROM_DELIVERIES} WHERE deliveries.id = ?`,
  )
  const removed = db.prepare<[number], 1>('SELECT 1 FROM removed WHERE delivery_id = ?')
  const bodies = bodyReader(db, dataDir)
  return {
    ...openSearch(db, bodies, options),
    ...bodies,
    ...judgingReader(db, bodies),
    ...overviewReader(db),
    ...secretUsageReader(db),
    ...tagsReader(db),
    get: (id) => {
      const stored = get.get(id)
      return stored === undefined ? null : toDelivery(stored)
    },
    isRemoved: (id) => removed.get(id) !== undefined,
    attempts: attemptsReader(db),
    replays: replaysReader(db),
    batches: { ...batchResultsReader(db), ...momentsReader(db) },
    forwards: forwardsReader(db),
    transfers: transferReader(db),
    close: () => {
      db.close()
    },
  }
}

function attemptsReader(db: Database.Database): (id: number) => Attempt[] {
  const message = db
    .prepare<[number], number | null>('SELECT message_ref FROM deliveries WHERE id = ?')
    .pluck()
  const first = db
    .prepare<[number], number | null>('SELECT first_id FROM messages WHERE id = ?')
    .pluck()
  const others = db
    .prepare<[number, number], number>(
      `SELECT id FROM deliveries WHERE message_ref = ? AND attempt <> 1 ORDER BY id LIMIT ?`,
    )
    .pluck()
  const row = db.prepare<[number], StoredRow>(
    `SELECT ${ROW_COLUMNS} ${FROM_DELIVERIES} WHERE deliveries.id = ?`,
  )
  const removed = db.prepare<[number], 1>('SELECT 1 FROM removed WHERE delivery_id = ?')
  return db.transaction((id: number): Attempt[] => {
    const ref = message.get(id) ?? null
    const firstId = ref === null ? null : (first.get(ref) ?? null)
    const found = ref === null ? [] : others.all(ref, ATTEMPTS_LIMIT)
    const ids = new Set([id, ...(firstId === null ? [] : [firstId]), ...found])
    return [...ids]
      .sort((a, b) => a - b)
      .slice(0, ATTEMPTS_LIMIT)
      .flatMap((each) => {
        if (removed.get(each) !== undefined) return []
        const stored = row.get(each)
        if (stored === undefined) return []
        const attempt = toRow(stored)
        return [{ ...attempt, kind: attempt.duplicate?.kind ?? null }]
      })
  })
}
