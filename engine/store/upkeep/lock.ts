import type { Database } from 'better-sqlite3'
import { createWriteTurns, type WriteTurns } from '#engine/store/write-turns.ts'

/** Capture may have to wait 10 ms, with the commit (design "The path of a delivery"). */
const AIM_MS = 5
/** After so much time under the lock, what was written is taken from the log into the database. */
const WRITE_BACK_MS = 400

/** Short write transactions of the upkeep thread, one after the other, each timed. */
export interface Lock {
  /**
   * Takes the write lock, does the work and commits.
   * @returns for how long the lock was held, waiting for it not included, milliseconds
   * @throws SqliteError; nothing of the work is kept then
   */
  run(work: () => void): number
}

export function createLock(db: Database, turns: WriteTurns = createWriteTurns()): Lock {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  let sinceWriteBackMs = 0
  /** Waits for the disk, but holds nobody up: https://sqlite.org/pragma.html#pragma_wal_checkpoint */
  const writeBack = () => {
    sinceWriteBackMs = 0
    db.pragma('wal_checkpoint(PASSIVE)')
  }
  return {
    run(work) {
      turns.enter()
      let since = performance.now()
      try {
        begin.run()
        since = performance.now()
        work()
        commit.run()
      } catch (error) {
        if (db.inTransaction) rollback.run()
        throw error
      } finally {
        turns.exit()
      }
      const heldMs = performance.now() - since
      sinceWriteBackMs += heldMs
      if (sinceWriteBackMs > WRITE_BACK_MS) writeBack()
      return heldMs
    },
  }
}

/** How much to do in one step, learned from how long the last ones held the lock. */
export interface StepSize {
  readonly amount: number
  learn(done: number, heldMs: number): void
}

/** @param least and @param most bound what is tried, in whatever unit the caller counts */
export function createStepSize(least: number, start: number, most: number): StepSize {
  let amount = start
  return {
    get amount() {
      return Math.round(amount)
    },
    learn(done, heldMs) {
      if (done <= 0) return
      const factor = Math.min(1.5, Math.max(0.4, AIM_MS / Math.max(heldMs, 0.1)))
      // A step that was smaller than it might have been says nothing of larger ones.
      if (factor > 1 && done < amount / 2) return
      amount = Math.min(most, Math.max(least, amount * factor))
    },
  }
}
