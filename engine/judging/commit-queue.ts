import type { Forwarder } from '#engine/forwarding/forwarder.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { Committed, NewDelivery } from '#engine/store/types.ts'
import type { AnswerPlanner } from './answer-plan.ts'
import type { TimesKept } from './answer-times.ts'

export interface StoredDelivery {
  delivery: NewDelivery
  committed: Committed
}

export interface WaitingDelivery {
  delivery: NewDelivery
  /** It is on the disk. */
  stored(stored: StoredDelivery, committedAtMs: number): void
  /** `written`: its row is in the database all the same, for the disk failed after the commit. */
  refused(error: unknown, written: boolean): void
}

export interface CommitQueueOptions {
  store: Pick<Store, 'commit' | 'softly' | 'sync' | 'markRefused' | 'turns'>
  times: Pick<TimesKept, 'held' | 'stored'>
  answers: Pick<AnswerPlanner, 'committed' | 'rolledBack'>
  /** After the commit is on the disk and before the senders are answered. */
  onCommitted(stored: readonly StoredDelivery[]): void
  /** The batch could not be written; its senders get 503. */
  onWriteFailure(error: unknown): void
  forwarding?: Pick<Forwarder, 'hold' | 'letGo'> | undefined
}

/**
 * Writes deliveries in batches: one transaction for all that came in an event-loop turn, or while
 * the batch before was on its way to the disk. That sync is done elsewhere, so this thread goes on
 * reading and judging; only after it are the senders of its batch told.
 * @returns takes one more delivery
 */
export function createCommitQueue(
  options: CommitQueueOptions,
): (delivery: WaitingDelivery) => void {
  const { store, times, answers } = options
  let batch: WaitingDelivery[] = []
  let scheduled = false
  let syncing = false

  const flush = () => {
    scheduled = batch.length > 0
    if (scheduled && store.turns.take(write)) write()
  }
  const write = () => {
    scheduled = false
    const waiting = batch
    batch = []
    let committed: Committed[]
    try {
      const deliveries = waiting.map(({ delivery }) => delivery)
      committed = store.softly(() => store.commit(deliveries, times.held()))
    } catch (error) {
      answers.rolledBack()
      options.onWriteFailure(error)
      for (const one of waiting) one.refused(error, false)
      return
    } finally {
      store.turns.leave()
    }
    const stored = waiting.map(({ delivery }, index) => {
      const row = committed[index]
      if (!row) throw new Error('The store committed fewer rows than it was given.')
      return { delivery, committed: row }
    })
    answers.committed()
    times.stored()
    // Whoever reads the database sees it from now on; nothing is sent on that may still be undone.
    options.forwarding?.hold(stored)
    syncing = true
    void store.sync().then(
      () => durable(waiting, stored),
      (error: unknown) => notDurable(waiting, stored, error),
    )
  }
  const durable = (waiting: readonly WaitingDelivery[], stored: readonly StoredDelivery[]) => {
    syncing = false
    const committedAtMs = Date.now()
    options.onCommitted(stored)
    // The next batch first: the disk works while these senders are answered.
    flush()
    waiting.forEach((one, index) => {
      const row = stored[index]
      if (row) one.stored(row, committedAtMs)
    })
  }
  const notDurable = (
    waiting: readonly WaitingDelivery[],
    stored: readonly StoredDelivery[],
    error: unknown,
  ) => {
    syncing = false
    options.onWriteFailure(error)
    try {
      store.softly(() => store.markRefused(stored.map(({ committed }) => committed.id)))
    } catch (again) {
      options.onWriteFailure(again)
    }
    options.forwarding?.letGo(stored)
    for (const one of waiting) one.refused(error, true)
    flush()
  }

  return (delivery) => {
    batch.push(delivery)
    if (scheduled || syncing) return
    scheduled = true
    setImmediate(flush)
  }
}
