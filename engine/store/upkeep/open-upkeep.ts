import Database from 'better-sqlite3'
import { databaseFile } from '#engine/store/database-file.ts'
import { createWriteTurns } from '#engine/store/write-turns.ts'
import { marksWriter } from '#engine/store/upkeep/marks-writer.ts'
import { deliveryTexts } from './delivery-text.ts'
import { indexingOf } from './indexing.ts'
import { toJob } from './jobs-table.ts'
import { diskRoom } from './disk-room.ts'
import { createLock } from './lock.ts'
import { createPace } from './pace.ts'
import { purgeOf } from './purge.ts'
import { purgingOf } from './purging.ts'
import type { FromUpkeep, ToUpkeep, UpkeepCalls, UpkeepData, UpkeepState } from './protocol.ts'
import { removalsOf } from './removals.ts'
import { retentionRule } from './retention.ts'
import { searchStateTable } from './search-state.ts'
import { createSignals } from './signals.ts'
import { spaceOf } from './space.ts'
import type { Task } from './task.ts'
import { createSteadyClock } from './steady-clock.ts'
import { startLoop } from './upkeep-loop.ts'
import { markSteps } from './mark-steps.ts'

/** Waiting for capture's own commits, and for another program for a while. */
const BUSY_TIMEOUT_MS = 1_000
const now = createSteadyClock()
const CACHE_KIB = 16 * 1024
/** So often at most the state is told. */
const TELL_EVERY_MS = 150

export function openUpkeepDatabase(dataDir: string): Database.Database {
  const db = new Database(databaseFile(dataDir), { fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  db.pragma('secure_delete = ON')
  // Capture's next commit makes durable what stands before it in the log; losing the end of what is
  // done here in a power failure costs doing it again.
  db.pragma('synchronous = NORMAL')
  // Between the steps instead of inside of one; see lock.ts.
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`cache_size = -${CACHE_KIB}`)
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
  }
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  return db
}

/** Puts the upkeep of a data directory together and starts it. */
export function openUpkeep(
  { dataDir, undoMs, signals: buffer, turns }: UpkeepData,
  post: (message: FromUpkeep) => void,
): { receive(message: ToUpkeep): void } {
  const db = openUpkeepDatabase(dataDir)
  const signals = createSignals(buffer)
  const pace = createPace(signals)
  const lock = createLock(db, createWriteTurns(turns))
  const state = searchStateTable(db)
  const texts = deliveryTexts(db, dataDir)
  const indexing = indexingOf(db, texts, state, lock, pace, diskRoom(dataDir))
  const purge = purgeOf(db, dataDir, texts, state, lock)
  const rule = retentionRule(db, state)
  const space = spaceOf(db, lock)
  const tell = stateTeller(
    () => ({ indexing: indexing.progress(), jobs: removals.jobs.all().map(toJob) }),
    post,
  )
  const changed = (what: { removed?: boolean; marks?: boolean }) =>
    post({ kind: 'changed', removed: what.removed ?? false, marks: what.marks ?? false })
  const removals = removalsOf({
    db,
    lock,
    now,
    undoMs,
    onHidden: () => changed({ removed: true }),
  })
  const purging = purgingOf({
    ...{ db, lock, state, removals, purge, rule, indexing, space, pace, now },
    onGone: () => changed({ removed: true }),
  })
  const marking = markSteps(marksWriter(db), lock, () => changed({ marks: true }))
  rule.reload()

  const hide: Task = {
    name: 'removal',
    due: () => removals.due(),
    waits: () => false,
    share: () => 0.5,
    step: async () => removals.step(),
  }
  const [merge, fill, takeApart] = indexing.tasks
  const loop = startLoop({
    tasks: [hide, marking.task, merge, ...purging.tasks, fill, takeApart].filter(isTask),
    pace,
    signals,
    now,
    tick() {
      return earliest(removals.expire(), tell.look(), purging.nextMs())
    },
    onFailure: (task, error) => {
      const why = error instanceof Error ? error.message : String(error)
      post({ kind: 'problem', code: `upkeep-${task.name}`, sentence: sentences[task.name](why) })
    },
    onSuccess: (task) => post({ kind: 'problem', code: `upkeep-${task.name}`, sentence: null }),
  })
  const calls: Calls = {
    hide: async ({ ids, keepPinned }) => ({ jobId: await removals.hide(ids, keepPinned) }),
    begin: ({ kind, work }) => ({ jobId: removals.begin(kind, work) }),
    found: ({ jobId, ids, cursor }) => removals.found(jobId, ids, cursor),
    end: ({ jobId }) => removals.end(jobId),
    openSelections: () => removals.openSelections(),
    mark: ({ ids, change }) => marking.add(ids, change),
    undo: ({ jobId }) => removals.undo(jobId),
    cancel: ({ jobId }) => removals.cancel(jobId),
    retentionChanged: () => purging.retentionChanged(),
  }
  return {
    receive(message) {
      if (message.kind === 'call') void perform(calls, message, post)
      loop.wake()
    },
  }
}

type Calls = {
  [Name in keyof UpkeepCalls]: (
    input: Parameters<UpkeepCalls[Name]>[0],
  ) => ReturnType<UpkeepCalls[Name]> | Promise<ReturnType<UpkeepCalls[Name]>>
}

async function perform(
  calls: Calls,
  { id, call, input }: Extract<ToUpkeep, { kind: 'call' }>,
  post: (message: FromUpkeep) => void,
) {
  try {
    const run = calls[call] as (argument: unknown) => unknown
    post({ kind: 'result', id, result: await run(input) })
  } catch (error) {
    post({ kind: 'error', id, error: error instanceof Error ? error.message : String(error) })
  }
}

const sentences: Record<Task['name'], (why: string) => string> = {
  indexing: (why) =>
    `The search index is behind: it cannot be written (${why}). It is tried again.`,
  removal: (why) => `Deleting deliveries stopped (${why}). It goes on by itself.`,
  retention: (why) => `Old deliveries could not be deleted (${why}). It is tried again.`,
  space: (why) =>
    `Space of deleted deliveries could not be given back (${why}). It is tried again.`,
}

function isTask(task: Task | undefined): task is Task {
  return task !== undefined
}

function earliest(...times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Tells the state when it changed, and not too often. */
function stateTeller(read: () => UpkeepState, post: (message: FromUpkeep) => void) {
  let told = ''
  let toldAtMs = Number.NEGATIVE_INFINITY
  return {
    /** Returns when to look again, if it is too early now. */
    look(): number | null {
      const wait = toldAtMs + TELL_EVERY_MS - performance.now()
      if (wait > 0) return now() + wait
      const state = read()
      const text = JSON.stringify(state)
      if (text === told) return null
      told = text
      toldAtMs = performance.now()
      post({ kind: 'state', state })
      return now() + TELL_EVERY_MS
    },
  }
}
