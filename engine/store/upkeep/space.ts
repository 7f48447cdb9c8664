import fs from 'node:fs'
import type { Database } from 'better-sqlite3'
import { createStepSize, type Lock } from './lock.ts'

const START_PAGES = 32
const MOST_PAGES = 512

/** Gives the space of deleted rows back to the disk, and clears the log of what they were. */
export interface Space {
  freePages(): number
  /** The log holds something, and maybe what was deleted since. */
  hasLog(): boolean
  /** Gives back a few pages; returns for how long the lock was held. */
  step(): number
  /** Writes the log back and empties it; false: somebody reads from it, try again. */
  emptyLog(): boolean
}

export function spaceOf(db: Database, lock: Lock): Space {
  const size = createStepSize(4, START_PAGES, MOST_PAGES)
  const free = () => Number(db.pragma('freelist_count', { simple: true }))
  const hasLog = () => (fs.statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  return {
    freePages: free,
    hasLog,
    step() {
      const pages = Math.min(size.amount, free())
      const heldMs = lock.run(() => {
        db.pragma(`incremental_vacuum(${pages})`)
      })
      size.learn(pages, heldMs)
      return heldMs
    },
    emptyLog() {
      // Without the lock first: what is left for the step that holds it is next to nothing.
      db.pragma('wal_checkpoint(PASSIVE)')
      // It must not wait for readers: writers would have to wait with it.
      const timeout = Number(db.pragma('busy_timeout', { simple: true }))
      db.pragma('busy_timeout = 0')
      try {
        return Number(db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })) === 0
      } finally {
        db.pragma(`busy_timeout = ${timeout}`)
      }
    },
  }
}
