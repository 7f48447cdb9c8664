import type { Store } from '#engine/store/open-store.ts'
import type { DeliveryTimes } from '#engine/store/types.ts'

/** Without another delivery to be stored with, times wait so long. */
const IDLE_MS = 100
/** Under load, listeners hear of stored times so often. */
const TELL_EVERY_MS = 1_000
/** When the database refused them, they are tried again after so long … */
const RETRY_MS = 1_000
/** … and after so long the person is told: another program may hold it for a moment. */
const TOLD_AFTER_MS = 3_000
/** So many go into one transaction: a commit stays short after a time without any. */
const MOST_AT_ONCE = 500
/** While the database refuses writes, only the times of so many deliveries are held. */
const MOST_HELD = 10_000

export interface TimesKept {
  note(times: DeliveryTimes): void
  /** What waits, oldest first; to be written in the next transaction. */
  held(): readonly DeliveryTimes[]
  /** What was held is in the database. */
  stored(): void
  close(): void
}

/**
 * Times of answers are known after the commit: they ride along with the next one, or get a
 * transaction of their own when nothing else comes. A crash loses the last of them, and only them.
 */
export function createTimesKept(options: {
  store: Pick<Store, 'commit' | 'softly'>
  onTimesStored(): void
  /** They wait for the next try; `lasting`: not for the first time. */
  onTimesRefused(error: unknown, lasting: boolean): void
}): TimesKept {
  let waiting: DeliveryTimes[] = []
  let given = 0
  let timer: NodeJS.Timeout | null = null
  let toldAtMs = 0
  let refusedSinceMs: number | null = null
  let closed = false

  const tell = () => {
    toldAtMs = Date.now()
    options.onTimesStored()
  }
  const held = () => {
    given = Math.min(waiting.length, MOST_AT_ONCE)
    return waiting.slice(0, given)
  }
  const stored = () => {
    if (given === 0) return
    waiting = waiting.slice(given)
    given = 0
    refusedSinceMs = null
    if (Date.now() - toldAtMs >= TELL_EVERY_MS) tell()
  }
  const write = () => {
    timer = null
    if (waiting.length === 0) return
    try {
      // The next sync takes them to the disk; none waits for them.
      options.store.softly(() => options.store.commit([], held()))
      stored()
      if (waiting.length > 0) later()
      else tell()
    } catch (error) {
      refusedSinceMs ??= Date.now()
      options.onTimesRefused(error, Date.now() - refusedSinceMs >= TOLD_AFTER_MS)
      if (!closed) later(RETRY_MS)
    }
  }
  const later = (afterMs = IDLE_MS) => {
    timer ??= setTimeout(write, afterMs).unref()
  }
  return {
    note(times) {
      if (waiting.length < MOST_HELD) waiting.push(times)
      later()
    },
    held,
    stored,
    close() {
      closed = true
      while (waiting.length > 0) {
        const before = waiting.length
        if (timer !== null) clearTimeout(timer)
        write()
        if (waiting.length === before) return
      }
    },
  }
}
