import type { Database } from 'better-sqlite3'
import { Retention } from '#contract/settings.ts'
import type { SearchStateTable } from './search-state.ts'

const DAY_MS = 86_400_000
const ROWS_AT_ONCE = 500
/** Of what is not indexed yet no more is counted; too few only means that less is deleted now. */
const WAITING_LIMIT = 2_000

export const NO_LIMITS: Retention = { maxCount: null, maxAgeDays: null, maxBytes: null }

/**
 * Which deliveries are too many, too old or too much. The newest are kept, as many as the limits
 * allow, pinned or not; of the older ones pinned and hidden ones are left alone. One that still
 * waits to be sent on is not deleted for being one too many, only for being too old or too much:
 * a target that never comes back must not fill the disk.
 */
export interface RetentionRule {
  /** Reads the setting anew, and looks at all deliveries again; unreadable text limits nothing. */
  reload(): void
  /** At most `limit` ids to be deleted now, oldest first; empty: all is within the limits. */
  next(limit: number, nowMs: number): number[]
  /** Pinned, or hidden by a removal that can still be undone. */
  isKept(id: number): boolean
}

interface OldRow {
  id: number
  receivedAtMs: number
  bytes: number
  kept: number
  waits: number
}

/** What lies in front of a place: deliveries that stay although they are beyond the limits. */
interface Passed {
  id: number
  rows: number
  bytes: number
}

export function retentionRule(db: Database, state: SearchStateTable): RetentionRule {
  const setting = db.prepare<[], string>("SELECT value FROM settings WHERE key = 'retention'")
  const oldest = db.prepare<[number, number], OldRow>(
    // The age of an imported one counts from its import: it must not be gone at once.
    `SELECT id, coalesce(
         (SELECT imported_at_ms FROM imported WHERE delivery_id = deliveries.id), received_at_ms
       ) AS receivedAtMs,
       body_byte_length + length(CAST(raw_headers AS BLOB)) AS bytes,
       EXISTS (SELECT 1 FROM marks WHERE delivery_id = deliveries.id AND pinned = 1)
         OR EXISTS (SELECT 1 FROM removed WHERE delivery_id = deliveries.id) AS kept,
       EXISTS (SELECT 1 FROM forwards
         WHERE delivery_id = deliveries.id AND state IN ('waiting', 'sending')) AS waits
     FROM deliveries WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const keptOne = db.prepare<{ id: number }, 1>(
    `SELECT 1 FROM marks WHERE delivery_id = @id AND pinned = 1
     UNION ALL SELECT 1 FROM removed WHERE delivery_id = @id`,
  )
  const behind = db.prepare<[number], number>(
    `SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE id > ? LIMIT ${WAITING_LIMIT})`,
  )
  let retention = NO_LIMITS
  let passed: Passed = { id: 0, rows: 0, bytes: 0 }

  /** By how many deliveries, and by how many bytes, there is too much. */
  const excess = ({ maxCount, maxBytes }: Retention) => {
    const { indexedTo, deliveries, bytes } = state.get()
    const waiting = maxCount === null ? 0 : (behind.pluck().get(indexedTo) ?? 0)
    return {
      rows: maxCount === null ? 0 : deliveries + waiting - maxCount,
      // What is not indexed yet is not summed up yet: it counts from then on.
      bytes: maxBytes === null ? 0 : bytes - maxBytes,
    }
  }

  return {
    isKept: (id) => keptOne.get({ id }) !== undefined,
    reload() {
      const parsed = Retention.partial().safeParse(parseJson(setting.pluck().get() ?? '{}'))
      const { maxCount = null, maxAgeDays = null, maxBytes = null } = parsed.data ?? NO_LIMITS
      retention = { maxCount, maxAgeDays, maxBytes }
      passed = { id: 0, rows: 0, bytes: 0 }
    },
    next(limit, nowMs) {
      const { maxCount, maxAgeDays, maxBytes } = retention
      if (maxCount === null && maxAgeDays === null && maxBytes === null) return []
      const sinceMs = maxAgeDays === null ? Number.NEGATIVE_INFINITY : nowMs - maxAgeDays * DAY_MS
      const over = excess(retention)
      const at = { ...passed }
      const found: number[] = []
      for (;;) {
        const rows = oldest.all(at.id, ROWS_AT_ONCE)
        for (const { id, receivedAtMs, bytes, kept, waits } of rows) {
          const oneTooMany = at.bytes >= over.bytes && receivedAtMs >= sinceMs
          if (at.rows >= over.rows && oneTooMany) return found
          at.id = id
          at.rows += 1
          at.bytes += bytes
          if (kept === 0 && !(waits === 1 && oneTooMany)) found.push(id)
          else if (found.length === 0) passed = { ...at }
          if (found.length >= limit) return found
        }
        if (rows.length < ROWS_AT_ONCE || found.length > 0) return found
      }
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No limits are safer than limits that nobody set.
    return {}
  }
}
