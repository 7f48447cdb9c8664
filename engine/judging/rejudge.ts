import type { Store } from '#engine/store/open-store.ts'
import type { ReadThread } from './read-pool.ts'
import type { Roster } from './roster.ts'

/** Rows judged in one step; their write stays well under the 10 ms that capture may wait. */
const STEP_ROWS = 100
/** After a failure (the database held or full) the next try comes after this, then twice that … */
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000

export interface Rejudger {
  /** An endpoint's configuration changed: judge its rows anew, the shown ones first. */
  start(endpointId: number): void
  /** Looks for what an earlier run left unfinished; a start does not wait for it. */
  resume(): void
  progress(): { done: number; total: number } | null
  /** Begins nothing more; what is left is found at the next start. */
  stop(): void
}

export interface RejudgerOptions {
  store: Pick<Store, 'judging' | 'softly' | 'turns'>
  roster: Pick<Roster, 'profileOf'>
  thread: Pick<ReadThread, 'run'>
  /** Ids on somebody's screen, newest first. */
  shownIds(): readonly number[]
  /** Verdicts changed, or the progress did. */
  onProgress(): void
  /** It stopped, and tries again by itself after a while. */
  onFailure(error: unknown): void
  /** Everything is judged with today's configuration. */
  onDone(): void
}

/** Judges deliveries anew behind capture, in steps, newest first, resumable by their revision. */
export function createRejudger(options: RejudgerOptions): Rejudger {
  const { store, roster, thread } = options
  const queue = new Set<number>()
  let progress: { done: number; total: number } | null = null
  let running: Promise<void> | null = null
  /** A configuration changed since the work under way began. */
  let changed = false
  let retryMs = FIRST_RETRY_MS
  let retry: NodeJS.Timeout | null = null
  let stopped = false

  const write = async (rows: Parameters<Store['judging']['update']>[0]) => {
    await new Promise<void>((go) => {
      if (store.turns.take(go)) go()
    })
    // What a power cut undoes has its old revision again, and is found by that.
    try {
      store.softly(() => store.judging.update(rows))
    } finally {
      store.turns.leave()
    }
    if (progress) progress.done = Math.min(progress.total, progress.done + rows.length)
    options.onProgress()
  }

  const judgeEndpoint = async (endpointId: number) => {
    const profile = roster.profileOf(endpointId)
    if (profile.endpointId === null) return
    const isCurrent = () => roster.profileOf(endpointId).revision === profile.revision
    const ids = options.shownIds()
    if (ids.length > 0) {
      const shown = await thread.run('judge', { profile, ids, limit: ids.length })
      if (isCurrent()) await write(shown.rows)
    }
    let before: number | undefined
    do {
      const step = await thread.run('judge', { profile, before, limit: STEP_ROWS })
      // A newer revision has queued this endpoint again: what was just computed is outdated.
      if (!isCurrent()) return
      await write(step.rows)
      before = step.before ?? undefined
    } while (before !== undefined)
  }

  /** Deliveries that were judged with the old configuration while it changed are found here. */
  const findPending = async () => {
    const pending = await thread.run('pendingJudgements', {})
    for (const { endpointId } of pending) queue.add(endpointId)
    return pending.reduce((sum, one) => sum + one.pending, 0)
  }

  const run = async () => {
    changed = false
    try {
      let before = Number.POSITIVE_INFINITY
      let pending = await findPending()
      // Fewer each time, or none: rows that cannot be judged must not keep this going for ever.
      while (queue.size > 0 && (changed || pending < before)) {
        changed = false
        progress = { done: 0, total: pending }
        for (const endpointId of queue) {
          queue.delete(endpointId)
          await judgeEndpoint(endpointId)
        }
        before = pending
        pending = await findPending()
      }
      progress = null
      retryMs = FIRST_RETRY_MS
      options.onDone()
    } catch (error) {
      if (!stopped) failed(error)
    } finally {
      queue.clear()
      running = null
      options.onProgress()
    }
    if (changed) begin()
  }
  /** The progress stays as it is: what is not judged yet must not pass for judged. */
  const failed = (error: unknown) => {
    options.onFailure(error)
    retry = setTimeout(begin, retryMs).unref()
    retryMs = Math.min(LAST_RETRY_MS, 2 * retryMs)
  }
  const begin = () => {
    if (stopped) return
    if (retry) clearTimeout(retry)
    retry = null
    // From the first moment on: nobody may think that all is judged before the count is known.
    progress ??= { done: 0, total: 0 }
    running ??= run()
  }

  return {
    start(endpointId) {
      changed = true
      queue.add(endpointId)
      begin()
    },
    resume: begin,
    progress: () => progress,
    stop() {
      stopped = true
      if (retry) clearTimeout(retry)
    },
  }
}
