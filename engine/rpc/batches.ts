import type { Batch, NewBatch, Signing } from '#contract/replay.ts'
import type { Status } from '#contract/status.ts'
import type { PlainEdits } from '#engine/replay/edits.ts'
import { createGroupedWrites } from '#engine/replay/batch/grouped-writes.ts'
import { createProgress, type Progress } from '#engine/replay/batch/progress.ts'
import { runBatch } from '#engine/replay/batch/run-batch.ts'
import { describeWriteFailure, isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import { type FoundIds, itemsOf } from './batch-items.ts'
import { batchSender, type ReplayEnd } from './batch-sender.ts'
import type { Rooms } from './rooms.ts'
import type { NewReplayRow } from '#engine/store/types.ts'

/** Subscribers hear so often how it goes. */
const TELL_EVERY_MS = 100

export type BatchRooms = Pick<Rooms, 'store' | 'reads' | 'roster' | 'replayPorts' | 'feed'> & {
  listening(): Status['listening']
}

/** A bulk replay that is to begin: what is sent where is decided. */
export interface PlannedBatch extends Pick<
  NewBatch,
  'url' | 'verifyTls' | 'timeoutMs' | 'pace' | 'concurrency' | 'stopOnFailure'
> {
  found: FoundIds
  edits: PlainEdits
  signing: Signing
}

/** The bulk replays of an engine. */
export interface Batches {
  start(planned: PlannedBatch): Batch
  running(): Batch[]
  /** As it is now, also while it runs. */
  get(id: number): Batch | null
  list(limit: number): Batch[]
  /** Aborts what is under way; resolves when it has ended. `null`: there is none. */
  cancel(id: number): Promise<Batch | null>
  /** Interrupts what runs. */
  close(): Promise<void>
}

interface Running {
  begun: Batch
  progress: Progress
  abort: AbortController
  ended: Promise<void>
}

const INTERRUPTED = 'Countersign ended while it ran.'

export function createBatches(rooms: BatchRooms): Batches {
  const { store, feed } = rooms
  const running = new Map<number, Running>()
  /** How those ended whose end the database did not take; the next start calls them interrupted. */
  const unstored = new Map<number, Batch>()
  let closing = false
  store.batches.interruptRunning(Date.now(), INTERRUPTED)

  const now = ({ begun, progress }: Running): Batch => ({ ...begun, ...progress.counts() })
  const get = (id: number): Batch | null => {
    const known = running.get(id)
    return known ? now(known) : (unstored.get(id) ?? store.batches.get(id))
  }

  const seeThrough = async (planned: PlannedBatch, batch: Running): Promise<void> => {
    const ended = await carryOut(rooms, planned, batch, () => closing)
    if (!endStored(store, ended)) unstored.set(ended.id, ended)
    running.delete(ended.id)
    feed.publish({ runs: true, status: true, replays: true })
  }

  return {
    start(planned) {
      const begun = beginning(planned)
      const id = store.batches.insert(begun)
      const batch: Running = {
        begun: { ...begun, id },
        progress: createProgress(),
        abort: new AbortController(),
        ended: Promise.resolve(),
      }
      running.set(id, batch)
      batch.ended = seeThrough(planned, batch)
      feed.publish({ runs: true, status: true })
      return now(batch)
    },
    running: () => [...running.values()].map(now),
    get,
    list: (limit) => store.batches.list(limit).map((stored) => get(stored.id) ?? stored),
    async cancel(id) {
      const known = running.get(id)
      known?.abort.abort()
      await known?.ended
      return get(id)
    },
    async close() {
      closing = true
      const all = [...running.values()]
      for (const { abort } of all) abort.abort()
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

function beginning({ url, found }: PlannedBatch): Batch {
  const many = `${found.total.toLocaleString('en-US')} ${found.total === 1 ? 'delivery' : 'deliveries'}`
  return {
    id: 0,
    startedAtMs: Date.now(),
    endedAtMs: null,
    state: 'running',
    sentence: `Replaying ${many} to ${url}`,
    url,
    total: found.total,
    sent: 0,
    failed: 0,
    outcomes: [],
    latencyMs: null,
    detail: null,
  }
}

/** From the first to the last; never rejects: what goes wrong is how it ended. */
async function carryOut(
  rooms: BatchRooms,
  planned: PlannedBatch,
  { begun, progress, abort }: Running,
  closing: () => boolean,
): Promise<Batch> {
  const writes = groupedWrites(rooms, begun.id, progress)
  const teller = createTeller(rooms.feed)
  const run = runBatch({
    items: itemsOf(rooms.reads, planned.found),
    how: planned,
    start: batchSender(rooms, planned, begun.id, writes, abort.signal),
    onEnded: (ended) => {
      progress.add(ended)
      teller.moved()
    },
    signal: abort.signal,
  })
  const how = await run.then((state) => ({ state, failure: null }), failed)
  teller.close()
  const drained = await writes.drain().then(() => null, failed)
  const failure = how.failure ?? drained?.failure ?? null
  const interrupted = how.state === 'cancelled' && closing()
  const why = interrupted ? INTERRUPTED : null
  return {
    ...begun,
    ...progress.counts(),
    endedAtMs: Date.now(),
    state: interrupted ? 'interrupted' : failure === null ? how.state : 'stopped',
    detail: failure ?? detailOf(why, how.state, progress),
  }
}

function endStored(store: Rooms['store'], ended: Batch): boolean {
  try {
    store.replays.together(() => {
      store.batches.count(ended.id, ended)
      store.batches.end(ended.id, ended)
    })
    return true
  } catch {
    return false
  }
}

function groupedWrites({ store }: BatchRooms, batchId: number, progress: Progress) {
  const write = (rows: readonly NewReplayRow[], ends: readonly ReplayEnd[]) =>
    store.replays.together(() => {
      for (const { id, outcome, timings } of ends) store.replays.finish(id, outcome, timings)
      if (ends.length > 0) store.batches.count(batchId, progress.counts())
      return rows.map((row) => store.replays.insert(row))
    })
  return createGroupedWrites(write, ({ body }) => (body === 'as-delivered' ? 0 : body.byteLength))
}

function detailOf(why: string | null, state: Batch['state'], { skipped }: Progress): string | null {
  const parts = [
    why,
    state === 'stopped' ? 'It stopped at the first failure.' : null,
    skipped === 0
      ? null
      : skipped === 1
        ? 'One delivery was deleted meanwhile and left out.'
        : `${skipped.toLocaleString('en-US')} deliveries were deleted meanwhile and left out.`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' ')
}

function failed(error: unknown): { state: 'stopped'; failure: string } {
  const why = error instanceof Error ? error.message : String(error)
  const failure = isDatabaseFailure(error)
    ? describeWriteFailure(error).sentence
    : `It could not go on: ${why}`
  return { state: 'stopped', failure }
}

/** Tells subscribers how it goes, at most ten times a second. */
function createTeller(feed: Rooms['feed']) {
  let timer: NodeJS.Timeout | null = null
  const tell = (): void => {
    timer = null
    feed.publish({ runs: true, status: true })
  }
  return {
    moved: () => void (timer ??= setTimeout(tell, TELL_EVERY_MS)),
    close: () => {
      if (timer) clearTimeout(timer)
    },
  }
}
