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
/** Judging anew writes to the index of ids: that is merged too, so often at most. */
const LOOK_FOR_WRITES_MS = 5_000
/** Damage that comes back sooner does not lie in the index. */
const RESET_AGAIN_MS = 60_000

export interface Indexing {
  /** Filling the index, merging it, and taking apart one that was set aside; in this order. */
  tasks: readonly Task[]
  /** `null`: it holds everything, or as good as. */
  progress(): { done: number; total: number } | null
  /** Begins anew with an empty index. */
  reset(): void
  /** Does so when that is what an error calls for, and throws it otherwise. */
  mend(error: unknown): void
  /** Words of deleted rows are to be merged away. */
  clean(): void
  cleaning(): boolean
  /** An index that was set aside is still in the file. */
  setAside(): boolean
  leftovers(): number
}

/** The data themselves may be as they should. */
function isIndexDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')
}

export function indexingOf(
  db: Database.Database,
  texts: DeliveryTexts,
  state: SearchStateTable,
  lock: Lock,
  pace: Pace,
  hasRoom: () => boolean,
): Indexing {
  const filler = indexFiller(db, texts, state, lock)
  const merger = indexMerger(db, state, lock)
  const resetting = indexReset(db, state, lock)
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM deliveries').pluck()
  const behind = () => Math.max(0, (newest.get() ?? 0) - state.get().indexedTo)
  let behindSinceMs: number | null = null
  let begunAt = state.get().indexedTo
  let setAside = resetting.due()
  let mendedAtMs = Number.NEGATIVE_INFINITY

  const reset = () => {
    resetting.run()
    setAside = true
    begunAt = 0
  }
  if (state.get().textVersion !== TEXT_VERSION) reset()
  /** A damaged index is replaced, so that the next step can go on. */
  const mend = (error: unknown) => {
    if (!isIndexDamage(error) || performance.now() - mendedAtMs < RESET_AGAIN_MS) throw error
    mendedAtMs = performance.now()
    reset()
  }
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let version: unknown = null
  const lookForWrites = () => {
    if (performance.now() - lookedAtMs < LOOK_FOR_WRITES_MS) return
    lookedAtMs = performance.now()
    const current = db.pragma('data_version', { simple: true })
    if (version !== null && current !== version) merger.writtenElsewhere()
    version = current
  }
  const fill: Task = {
    name: 'indexing',
    due: () => {
      const rows = behind()
      return rows > 0 && !pace.canWait(rows) && hasRoom()
    },
    waits: () => behind() > 0,
    share: () => shareFor(behind()),
    async step() {
      try {
        const { heldMs } = await filler.step()
        merger.written()
        return heldMs
      } catch (error) {
        mend(error)
        return 0
      }
    },
  }
  const merge: Task = {
    name: 'indexing',
    due() {
      lookForWrites()
      return merger.due(behind() === 0 && pace.atRest())
    },
    waits: () => false,
    share: () => 0.12,
    async step() {
      try {
        return merger.step()
      } catch (error) {
        mend(error)
        return 0
      }
    },
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
    mend,
    clean: () => merger.beginCleaning(),
    cleaning: () => merger.cleaning,
    setAside: () => setAside,
    leftovers: () => state.get().leftovers,
  }
}
