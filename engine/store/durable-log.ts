import fs from 'node:fs'
import Database from 'better-sqlite3'

/** Makes commits durable without standing still for the disk. */
export interface DurableLog {
  /**
   * Runs work whose commits reach the write-ahead log but not yet the disk: the next `sync` takes
   * them there. Until then a crash of the machine may undo them, together and from the end; a crash
   * of the process does not.
   * @throws SqliteError, also when an earlier sync failed and its commits are still in doubt
   */
  softly: <T>(work: () => T) => T
  /**
   * Resolves once everything that was committed before the call is on the disk.
   * Rejects with SqliteError `SQLITE_IOERR_FSYNC` when the disk refuses.
   */
  sync: () => Promise<void>
  close: () => void
}

interface Waiter {
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * With `synchronous = FULL`, SQLite syncs the log inside of COMMIT: the thread stands still, and all
 * senders with it. Here COMMIT writes the log with NORMAL (which syncs it before a checkpoint only,
 * and its header when it starts anew: https://sqlite.org/pragma.html#pragma_synchronous), and one
 * fdatasync on libuv's threads serves every commit that came before it. Everything else that this
 * connection writes stays FULL. SQLite has no lock on the log itself, so that a descriptor of our
 * own takes nothing away when it is closed.
 */
export function durableLog(db: Database.Database, file: string): DurableLog {
  const empty = db.prepare<[], { busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
  let log: number | null = null
  let syncing = false
  let waiting: Waiter[] = []
  let inDoubt = false
  let closed = false

  const opened = (): number | null => {
    if (log === null && fs.existsSync(`${file}-wal`)) log = fs.openSync(`${file}-wal`, 'r+')
    return log
  }
  /**
   * What a failed fsync did not write counts as written to the kernel, and the next one says nothing
   * of it. From the log the same pages are taken into the database, which is synced then.
   */
  const settleDoubt = () => {
    if (empty.get()?.busy !== 0) throw notSynced('somebody reads what is not on the disk yet')
    inDoubt = false
  }
  const fail = (waiters: readonly Waiter[], { message }: Error) => {
    inDoubt = true
    try {
      settleDoubt()
    } catch {
      // The next write tries again before anything else, and says why it cannot.
    }
    for (const { reject } of waiters) reject(notSynced(message))
  }
  const begin = (descriptor: number) => {
    const waiters = waiting
    waiting = []
    syncing = true
    fs.fdatasync(descriptor, (error) => {
      syncing = false
      if (error) fail(waiters, error)
      if (waiting.length > 0) begin(descriptor)
      if (!error) for (const { resolve } of waiters) resolve()
      if (closed && !syncing) fs.closeSync(descriptor)
    })
  }

  return {
    softly(work) {
      if (inDoubt) settleDoubt()
      if (opened() === null) return work()
      db.exec('PRAGMA synchronous = NORMAL')
      try {
        return work()
      } finally {
        db.exec('PRAGMA synchronous = FULL')
      }
    },
    sync() {
      const descriptor = log
      if (descriptor === null) return Promise.resolve()
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        if (!syncing) begin(descriptor)
      })
    },
    close() {
      closed = true
      if (log !== null && !syncing) fs.closeSync(log)
    },
  }
}

function notSynced(why: string): Error {
  return new Database.SqliteError(`the log could not be synced: ${why}`, 'SQLITE_IOERR_FSYNC')
}
