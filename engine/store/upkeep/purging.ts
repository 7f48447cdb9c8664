import type { Database } from 'better-sqlite3'
import { hidingOf } from './hiding.ts'
import type { Indexing } from './indexing.ts'
import type { JobRow } from './jobs-table.ts'
import type { Lock } from './lock.ts'
import type { Pace } from './pace.ts'
import type { Purge } from './purge.ts'
import type { Removals } from './removals.ts'
import type { RetentionRule } from './retention.ts'
import type { SearchStateTable } from './search-state.ts'
import type { Space } from './space.ts'
import type { Task } from './task.ts'

/** Up to so many deliveries are taken out of the index word by word. */
const FEW = 50
/** Rather a new index than deleting most of a large one. */
const MANY = 5_000
const RETENTION_EVERY_MS = 60_000
/** After a burst, retention looks sooner. */
const RETENTION_BURST_ROWS = 1_000
/** Cleaning rewrites the whole index: for retention it waits until there is that much of it. */
const CLEAN_PART = 0.1
const CLEAN_AT_REST_MS = 600_000
/** Without a rest of capture, tidying up begins after so long. */
const PATIENT_MS = 10_000
const LOG_AGAIN_MS = 250
const SHARE = 0.25

const isPurging = ({ state }: JobRow) => state === 'purging'

export interface PurgingOptions {
  db: Database
  lock: Lock
  state: SearchStateTable
  removals: Removals
  purge: Purge
  rule: RetentionRule
  indexing: Indexing
  space: Space
  pace: Pace
  now: () => number
  /** Rows are gone for good. */
  onGone(): void
}

/** Takes deliveries out of the file: those whose removal can no longer be undone, and old ones. */
export function purgingOf(options: PurgingOptions): {
  tasks: readonly Task[]
  retentionChanged(): void
  /** When retention looks next; `null`: it is due, or waits after a failure. */
  nextMs(): number | null
} {
  const { db, lock, state, removals, purge, rule, indexing, space, pace, now } = options
  const { jobs } = removals
  const hiding = hidingOf(db)
  /**
   * What is left of deleted rows in the file: words, free pages, the log; and a job whose rows were
   * all gone when the engine ended.
   */
  let litter = state.get().leftovers > 0 || space.freePages() > 0 || jobs.all().some(isPurging)
  let cleaned = false
  let litterSinceMs = now()
  let cleanedAtMs = Number.NEGATIVE_INFINITY
  let logTryMs = 0
  let nextLookMs = 0
  let purgedByRule = 0
  let indexedAtLook = state.get().indexedTo

  let ruleVersion = 0

  const hasRows = (job: JobRow) => hiding.hiddenBy(job.id, 1).length > 0
  /** One that is only being tidied up after does not hold up the next. */
  const purgingJob = () => jobs.all().find((job) => isPurging(job) && hasRows(job))
  const purgeSome = async (
    ids: readonly number[],
    few: boolean,
    spared?: (id: number) => boolean,
  ) => {
    try {
      const { heldMs, rows, indexIsWrong } = await purge.step(ids, few, spared)
      if (indexIsWrong) indexing.reset()
      return { heldMs, rows }
    } catch (error) {
      indexing.mend(error)
      return { heldMs: 0, rows: 0 }
    }
  }
  const beginPurge = (total: number) => {
    const { deliveries } = state.get()
    if (total >= MANY && total > deliveries * 0.8) indexing.reset()
    beginCleaning()
  }

  const removal: Task = {
    name: 'removal',
    due: () => purgingJob() !== undefined,
    waits: () => false,
    share: () => SHARE,
    async step() {
      const job = purgingJob()
      if (job === undefined) return 0
      const total = job.total ?? 0
      if (job.done === 0) beginPurge(total)
      const ids = hiding.hiddenBy(job.id, purge.amount)
      const { heldMs, rows } = await purgeSome(ids, total <= FEW)
      lock.run(() => jobs.update(job.id, { done: job.done + rows }))
      return heldMs
    },
  }
  /** What a rule deletes needs no undo, but the same care. */
  const retention: Task = {
    name: 'retention',
    due: () => {
      const { indexedTo } = state.get()
      if (indexedTo - indexedAtLook > RETENTION_BURST_ROWS) nextLookMs = 0
      // The clock may go back.
      nextLookMs = Math.min(nextLookMs, now() + RETENTION_EVERY_MS)
      return now() >= nextLookMs
    },
    waits: () => false,
    share: () => SHARE,
    async step() {
      const ids = rule.next(purge.amount, now())
      if (ids.length === 0) {
        nextLookMs = now() + RETENTION_EVERY_MS
        indexedAtLook = state.get().indexedTo
        rule.reload()
        if (purgedByRule > 0) options.onGone()
        if (isCleaningWorthIt()) beginCleaning()
        else if (purgedByRule > 0 || (pace.atRest() && isUntidy())) beginTidying()
        return 0
      }
      // Texts are read without the lock: a pin, an undo or another rule may come meanwhile.
      const version = ruleVersion
      const spared = (id: number) => version !== ruleVersion || rule.isKept(id)
      const { heldMs, rows } = await purgeSome(ids, false, spared)
      purgedByRule += rows
      return heldMs
    },
  }
  const isCleaningWorthIt = () => {
    const { leftovers, deliveries } = state.get()
    if (leftovers > deliveries * CLEAN_PART) return true
    return leftovers > 0 && pace.atRest() && now() - cleanedAtMs > CLEAN_AT_REST_MS
  }
  const beginCleaning = () => {
    beginTidying()
    cleaned = false
  }
  /** Of what was deleted, by whomever: its pages, and the log, but not its words. */
  const isUntidy = () => space.freePages() > 0 || space.hasLog()
  const beginTidying = () => {
    purgedByRule = 0
    if (!litter) litterSinceMs = now()
    cleaned ||= !litter
    litter = true
  }
  /** Its own steps come first: they free pages. */
  const isIndexAtWork = () => indexing.cleaning() || indexing.setAside()
  /** Words first, since merging them away frees pages; then the pages; then the log. */
  const clean: Task = {
    name: 'space',
    due: () =>
      litter &&
      now() >= logTryMs &&
      !(cleaned && isIndexAtWork()) &&
      (pace.atRest() || now() - litterSinceMs > PATIENT_MS),
    waits: () => litter,
    share: () => SHARE,
    async step() {
      if (!cleaned) {
        indexing.clean()
        cleaned = true
        cleanedAtMs = now()
        return 0
      }
      if (isIndexAtWork()) return 0
      if (space.freePages() > 0) return space.step()
      if (!space.emptyLog()) {
        // Somebody reads: until they have done so, the log keeps what they may have to see.
        logTryMs = now() + LOG_AGAIN_MS
        return 0
      }
      litter = false
      endJobs()
      return 0
    },
  }
  const endJobs = () => {
    const ended = jobs.all().filter((job) => isPurging(job) && !hasRows(job))
    for (const job of ended) lock.run(() => jobs.delete(job.id))
    if (ended.length > 0) options.onGone()
  }

  return {
    tasks: [removal, retention, clean],
    retentionChanged() {
      ruleVersion += 1
      rule.reload()
      nextLookMs = 0
    },
    nextMs: () => (nextLookMs > now() ? nextLookMs : null),
  }
}
