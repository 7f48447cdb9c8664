import type { Database } from 'better-sqlite3'
import type { DeliveryText, DeliveryTexts } from './delivery-text.ts'
import { createStepSize, type Lock } from './lock.ts'
import type { SearchStateTable } from './search-state.ts'

const HOUR_MS = 3_600_000
/** Rows are read for one step; the characters of their text decide how many are written. */
const LEAST_CHARACTERS = 4_000
const START_CHARACTERS = 16_000
const MOST_CHARACTERS = 200_000
const LIKELY_CHARACTERS = 500

const INSERT_FACETS = `INSERT OR REPLACE INTO facets
  SELECT id, received_at_ms, endpoint_id, verdict, repeated, replay_id IS NOT NULL, @cut,
    status_answered, body_byte_length, skew_seconds,
    (SELECT answered_at_ms FROM delivery_times WHERE delivery_id = id) - received_at_ms,
    scheme_id, event_type, method, @path, @check
  FROM deliveries WHERE id = @id`
const INSERT_HOURS = `INSERT INTO receipt_hours
  SELECT received_at_ms / ${HOUR_MS}, min(id), max(id) FROM deliveries
  WHERE id BETWEEN ? AND ? GROUP BY 1
  ON CONFLICT (hour) DO UPDATE SET first_id = min(first_id, excluded.first_id),
    last_id = max(last_id, excluded.last_id)`
const INSERT_IDS = `INSERT INTO search_ids (rowid, message_id)
  SELECT id, message_id FROM deliveries WHERE id BETWEEN ? AND ? AND message_id IS NOT NULL`

export interface IndexFiller {
  /**
   * Indexes the next few deliveries in one transaction; their text is made before it.
   * @returns for how long the lock was held, and how many were indexed: 0 at the end
   */
  step(): Promise<{ heldMs: number; rows: number }>
}

export function indexFiller(
  db: Database,
  texts: DeliveryTexts,
  state: SearchStateTable,
  lock: Lock,
): IndexFiller {
  const insertFacets = db.prepare(INSERT_FACETS)
  const insertHours = db.prepare(INSERT_HOURS)
  const insertIds = db.prepare(INSERT_IDS)
  const insertText = db.prepare(
    'INSERT INTO search (rowid, url, headers, body) VALUES (?, ?, ?, ?)',
  )
  const size = createStepSize(LEAST_CHARACTERS, START_CHARACTERS, MOST_CHARACTERS)

  const writeOne = ({ id, text, path, check }: DeliveryText): boolean => {
    const { changes } = insertFacets.run({ id, path, check, cut: Number(text.cut) })
    if (changes === 0) return false
    insertText.run(id, text.url, text.headers, text.body)
    return true
  }
  const write = (made: readonly DeliveryText[], first: number, last: number) => {
    let rows = 0
    let bytes = 0
    for (const one of made) {
      if (!writeOne(one)) continue
      rows += 1
      bytes += one.bytes
    }
    insertIds.run(first, last)
    insertHours.run(first, last)
    state.indexed(last, rows, bytes)
  }

  return {
    async step() {
      const { indexedTo } = state.get()
      const rows = Math.ceil(size.amount / LIKELY_CHARACTERS)
      const made = await texts.after(indexedTo, rows, size.amount)
      const last = made.at(-1)
      if (last === undefined) return { heldMs: 0, rows: 0 }
      const heldMs = lock.run(() => write(made, indexedTo + 1, last.id))
      size.learn(
        made.reduce((sum, { text }) => sum + charactersOf(text), 0),
        heldMs,
      )
      return { heldMs, rows: made.length }
    },
  }
}

function charactersOf({ url, headers, body }: DeliveryText['text']): number {
  return url.length + headers.length + body.length
}
