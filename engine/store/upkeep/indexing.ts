import Database from 'better-sqlite3'
import type { DeliveryTexts } from './delivery-text.ts'
import { indexFiller } from './index-filler.ts'
import { indexMerger } from './index-merger.ts'
import { indexReset } from './index-reset.ts'
import type { Lock } from './lock.ts'
import { type Pace, shareFor } from './pace.ts'
import type { SearchStateTable } from './search-state.ts'
import { TEXT_VERSION } from './searchable-text.ts'
import type { Task } from './task.ts'

/** Further behind, or for longer, it is said. */
const NOTICED_ROWS = 500
const NOTICED_MS = 2_000

export interface Indexing {
  /** Filling the index, merging it, and taking apart one that was set aside; in this order. */
  tasks: readonly Task[]
  /** `null`: it holds everything, or as good as. */
  progress(): { done: number; total: number } | null
  /** Begins anew with an empty index; what is in it is wrong. */
  reset(): void
  /** Words of deleted rows are to be merged away. */
  clean(): void
  cleaning(): boolean
  /** An index that was set aside is still in the file. */
  setAside(): boolean
  leftovers(): number
}

/** The index was damaged by something; the data themselves may be as they should. */
export function isIndexDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')
}

export function indexingOf(
  db: Database.Database,
  texts: DeliveryTexts,
  state: SearchStateTable,
  lock: Lock,
  pace: Pace,
): Indexing {
  const filler = indexFiller(db, texts, state, lock)
  const merger = indexMerger(db, state, lock)
  const resetting = indexReset(db, state, lock)
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM deliveries').pluck()
  const behind = () => Math.max(0, (newest.get() ?? 0) - state.get().indexedTo)
  let behindSinceMs: number | null = null
  let begunAt = state.get().indexedTo
  let setAside = resetting.due()

  const reset = () => {
    resetting.run()
    setAside = true
    begunAt = 0
  }
  if (state.get().textVersion !== TEXT_VERSION) reset()
  /** Damage is mended here, so that the next step can go on. */
  const mending = (work: () => number): number => {
    try {
      return work()
    } catch (error) {
      if (!isIndexDamage(error)) throw error
      reset()
      return 0
    }
  }
  const fill: Task = {
    name: 'indexing',
    due: () => {
      const rows = behind()
      return rows > 0 && !pace.canWait(rows)
    },
    waits: () => behind() > 0,
    share: () => shareFor(behind()),
    async step() {
      try {
        const { heldMs } = await filler.step()
        merger.written()
        return heldMs
      } catch (error) {
        if (!isIndexDamage(error)) throw error
        reset()
        return 0
      }
    },
  }
  const merge: Task = {
    name: 'indexing',
    due: () => merger.due(behind() === 0 && pace.atRest()),
    waits: () => false,
    share: () => 0.12,
    step: async () => mending(() => merger.step()),
  }
  const takeApart: Task = {
    name: 'indexing',
    due: () => setAside,
    waits: () => false,
    share: () => 0.12,
    async step() {
      const heldMs = resetting.step()
      setAside = resetting.due()
      return heldMs
    },
  }

  return {
    tasks: [merge, fill, takeApart],
    progress() {
      const rows = behind()
      if (rows === 0) {
        behindSinceMs = null
        return null
      }
      const { indexedTo } = state.get()
      if (behindSinceMs === null) {
        behindSinceMs = performance.now()
        begunAt = indexedTo
      }
      if (rows <= NOTICED_ROWS && performance.now() - behindSinceMs < NOTICED_MS) return null
      return { done: indexedTo - begunAt, total: rows + indexedTo - begunAt }
    },
    reset,
    clean: () => merger.beginCleaning(),
    cleaning: () => merger.cleaning,
    setAside: () => setAside,
    leftovers: () => state.get().leftovers,
  }
}
