import type { Database } from 'better-sqlite3'
import { createStepSize, type Lock } from './lock.ts'
import type { SearchStateTable } from './search-state.ts'

const INDEXES = ['search', 'search_ids'] as const
/** Transactions that wrote to the index: each left a segment that searching has to look at. */
const WRITES_BETWEEN = 12
/** Fewer than four segments are not merged. */
const WRITES_AT_REST = 4
const LEAST_PAGES = 4
const START_PAGES = 16
const MOST_PAGES = 128

/**
 * Merges the segments of the full-text indexes in small steps, and merges away what deleted rows
 * left in them (https://sqlite.org/fts5.html#the_merge_command).
 */
export interface IndexMerger {
  /** The index was written to in one more transaction. */
  written(): void
  /** Somebody else may have written to it. */
  writtenElsewhere(): void
  /** Segments wait; once nothing else does, fewer of them are worth it. */
  due(nothingElse: boolean): boolean
  /** One transaction; returns for how long it held the lock. */
  step(): number
  /** Begins to merge everything into one segment: only then are deleted words gone. */
  beginCleaning(): void
  readonly cleaning: boolean
}

export function indexMerger(db: Database, state: SearchStateTable, lock: Lock): IndexMerger {
  const merge = INDEXES.map((name) =>
    db.prepare<[number]>(
      `INSERT INTO ${name} (${name}, rank) VALUES ('merge', CAST(? AS INTEGER))`,
    ),
  )
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const size = createStepSize(LEAST_PAGES, START_PAGES, MOST_PAGES)
  let writes = 0
  /** Which of the indexes is at work; beyond the last: none. */
  let at: number = INDEXES.length
  let cleaning: { leftovers: number; begun: boolean } | null = null

  const finish = () => {
    if (cleaning !== null) state.mergedAway(cleaning.leftovers)
    cleaning = null
  }
  const work = () => {
    const statement = merge[at]
    if (statement === undefined) return
    const before = changes.get() ?? 0
    const whole = cleaning !== null && !cleaning.begun
    statement.run(whole ? -size.amount : size.amount)
    if (cleaning !== null) cleaning.begun = true
    // The command itself counts as one.
    if ((changes.get() ?? 0) - before >= 2) return
    at += 1
    if (cleaning !== null) cleaning.begun = false
    if (at >= INDEXES.length) finish()
  }

  return {
    written() {
      writes += 1
    },
    writtenElsewhere() {
      writes = Math.max(writes, WRITES_BETWEEN)
    },
    due: (nothingElse) =>
      at < INDEXES.length ||
      cleaning !== null ||
      writes >= (nothingElse ? WRITES_AT_REST : WRITES_BETWEEN),
    step() {
      if (at >= INDEXES.length) {
        at = 0
        writes = 0
      }
      const pages = size.amount
      const heldMs = lock.run(work)
      size.learn(pages, heldMs)
      return heldMs
    },
    beginCleaning() {
      const { leftovers } = state.get()
      if (leftovers === 0 || cleaning !== null) return
      cleaning = { leftovers, begun: false }
      at = 0
    },
    get cleaning() {
      return cleaning !== null
    },
  }
}
