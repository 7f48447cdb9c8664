import type { Change } from '#contract/status.ts'

/** At most ten events a second for each subscriber. */
const INTERVAL_MS = 100

type Changed = Partial<Omit<Change, 'fromSeq' | 'toSeq'>>

export interface ChangeFeed {
  publish(changed: Changed): void
  subscribe(signal?: AbortSignal): AsyncGenerator<Change, void, void>
  close(): void
}

function quiet(seq: number): Change {
  return {
    fromSeq: seq,
    toSeq: seq,
    arrived: 0,
    newestDeliveryId: null,
    judged: false,
    answered: false,
    endpoints: false,
    removed: false,
    marks: false,
    savedFilters: false,
    settings: false,
    replays: false,
    runs: false,
    status: false,
  }
}

function merge(into: Change, changed: Changed, seq: number): void {
  into.toSeq = seq
  into.arrived += changed.arrived ?? 0
  into.newestDeliveryId = changed.newestDeliveryId ?? into.newestDeliveryId
  into.judged ||= changed.judged ?? false
  into.answered ||= changed.answered ?? false
  into.endpoints ||= changed.endpoints ?? false
  into.removed ||= changed.removed ?? false
  into.marks ||= changed.marks ?? false
  into.savedFilters ||= changed.savedFilters ?? false
  into.settings ||= changed.settings ?? false
  into.replays ||= changed.replays ?? false
  into.runs ||= changed.runs ?? false
  into.status ||= changed.status ?? false
}

interface Subscriber {
  /** What happened since the last event: one coalesced change, however slow the reader is. */
  waiting: Change | null
  wake(): void
}

/** Tells subscribers that something changed; what changed is for them to fetch. */
export function createChangeFeed(): ChangeFeed {
  const subscribers = new Set<Subscriber>()
  let seq = 0
  let closed = false

  async function* subscribe(signal?: AbortSignal): AsyncGenerator<Change, void, void> {
    const subscriber: Subscriber = { waiting: null, wake: () => undefined }
    // A reader that went away may never ask again: nothing is gathered for it any more.
    const onAbort = () => {
      subscribers.delete(subscriber)
      subscriber.wake()
    }
    signal?.addEventListener('abort', onAbort)
    subscribers.add(subscriber)
    try {
      // The first event says where the subscription starts, so that a gap can be told.
      yield quiet(seq)
      while (!signal?.aborted && !closed) {
        if (subscriber.waiting) {
          const change = subscriber.waiting
          subscriber.waiting = null
          yield change
          await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
        } else {
          await new Promise<void>((resolve) => {
            subscriber.wake = resolve
          })
        }
      }
    } finally {
      subscribers.delete(subscriber)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    publish(changed) {
      const before = seq++
      for (const subscriber of subscribers) {
        subscriber.waiting ??= quiet(before)
        merge(subscriber.waiting, changed, seq)
        subscriber.wake()
      }
    },
    subscribe,
    close() {
      closed = true
      for (const subscriber of subscribers) subscriber.wake()
    },
  }
}
