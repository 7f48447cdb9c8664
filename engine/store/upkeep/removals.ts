import type { Database } from 'better-sqlite3'
import { hidingOf } from './hiding.ts'
import { type JobRow, jobsTable, type JobsTable } from './jobs-table.ts'
import { createStepSize, type Lock } from './lock.ts'
import type { OpenSelection, SelectionWork } from './protocol.ts'

export interface RemovalsOptions {
  db: Database
  lock: Lock
  now: () => number
  /** So long a removal can be undone. */
  undoMs: number
  /** Rows are hidden, or stand in the lists again. */
  onHidden(): void
}

/**
 * Removals up to their purge: hiding in steps, undoing, and jobs on all that a filter finds, whose
 * ids come from outside. All of it lies in `jobs` and `removed`, and goes on after a restart.
 */
export interface Removals {
  jobs: JobsTable
  hide(ids: readonly number[], keepPinned: boolean): Promise<number>
  begin(kind: JobRow['kind'], work: SelectionWork): number
  found(jobId: number, ids: readonly number[], cursor: number | null): Promise<boolean>
  end(jobId: number): void
  openSelections(): OpenSelection[]
  undo(jobId: number): Promise<boolean>
  cancel(jobId: number): Promise<boolean>
  due(): boolean
  /** One short transaction; returns for how long it held the lock. */
  step(): number
  /** Jobs whose time for undoing is over begin to purge; returns when the next one is due. */
  expire(): number | null
}

interface Slice {
  jobId: number
  ids: readonly number[]
  at: number
  keepPinned: boolean
  done(): void
  failed(error: unknown): void
}

/** A moment further away is none that an undo was given. */
const LONGEST_UNDO_MS = 60_000
const NEW_JOB = { sentence: '', done: 0, total: null, undoUntilMs: null }

export function removalsOf(options: RemovalsOptions): Removals {
  const { db, lock, now } = options
  const jobs = jobsTable(db)
  const hiding = hidingOf(db)
  const hideSize = createStepSize(10, 500, 20_000)
  const slices: Slice[] = []
  const undone = new Map<number, () => void>()
  let running: JobRow[] = jobs.all()

  const changed = () => {
    running = jobs.all()
  }
  const undoing = () => running.find(({ state }) => state === 'undoing')
  /** Everything goes without any filter: no walk through what it finds is needed. */
  const ranging = () =>
    running.find((job) => job.kind === 'remove' && job.state === 'running' && isAll(workOf(job)))

  const hideSlice = (slice: Slice): number => {
    const ids = slice.ids.slice(slice.at, slice.at + hideSize.amount)
    const heldMs = lock.run(() => {
      const hidden = hiding.hide(slice.jobId, ids, slice.keepPinned)
      const job = jobs.get(slice.jobId)
      if (job !== null) jobs.update(job.id, { done: job.done + hidden })
    })
    slice.at += ids.length
    hideSize.learn(ids.length, heldMs)
    if (slice.at >= slice.ids.length) {
      slices.shift()
      slice.done()
    }
    return heldMs
  }
  const hideMore = (job: JobRow, work: SelectionWork): number => {
    const { upToId, exceptIds, keepPinned } = work
    const range = { jobId: job.id, after: work.cursor ?? 0, upToId, exceptIds, keepPinned }
    let last: number | null = null
    const heldMs = lock.run(() => {
      const step = hiding.hideRange(range, hideSize.amount)
      last = step.last
      if (last === null) finishHiding(job.id)
      else {
        const next = JSON.stringify({ ...work, cursor: last })
        jobs.update(job.id, { done: job.done + step.hidden, work: next })
      }
    })
    hideSize.learn(hideSize.amount, heldMs)
    return heldMs
  }
  const finishHiding = (jobId: number) => {
    const job = jobs.get(jobId)
    if (job === null || job.state !== 'running') return
    if (job.kind === 'mark' || job.done === 0) jobs.delete(jobId)
    else {
      const undoUntilMs = now() + options.undoMs
      jobs.update(jobId, { state: 'undoable', work: null, total: job.done, undoUntilMs })
    }
  }
  const bringBack = (job: JobRow): number => {
    let ended = false
    const heldMs = lock.run(() => {
      const amount = hideSize.amount
      const back = hiding.bringBack(job.id, amount)
      ended = back < amount
      if (ended) jobs.delete(job.id)
      else jobs.update(job.id, { done: Math.max(0, job.done - back) })
    })
    hideSize.learn(hideSize.amount, heldMs)
    if (ended) {
      undone.get(job.id)?.()
      undone.delete(job.id)
    }
    return heldMs
  }
  const addSlice = (jobId: number, ids: readonly number[], keepPinned: boolean) =>
    new Promise<void>((done, failed) => {
      slices.push({ jobId, ids, at: 0, keepPinned, done, failed })
    })
  const turnBack = (jobId: number) => {
    const ended = new Promise<void>((resolve) => undone.set(jobId, resolve))
    lock.run(() => jobs.update(jobId, { state: 'undoing', work: null, undoUntilMs: null }))
    for (const slice of slices.filter((each) => each.jobId === jobId)) {
      slices.splice(slices.indexOf(slice), 1)
      slice.done()
    }
    changed()
    return ended
  }

  // Some that were being hidden when the engine ended: those that are hidden can be undone.
  const broken = running.filter(({ state, work }) => state === 'running' && work === null)
  if (broken.length > 0) lock.run(() => broken.forEach(({ id }) => finishHiding(id)))
  running = jobs.all()

  return {
    jobs,
    async hide(ids, keepPinned) {
      let id = 0
      lock.run(() => {
        const work = null
        id = jobs.insert({ ...NEW_JOB, kind: 'remove', state: 'running', work, total: ids.length })
      })
      changed()
      try {
        await addSlice(id, ids, keepPinned)
      } finally {
        // Also when it failed in between: what is hidden by then can be undone.
        lock.run(() => finishHiding(id))
        changed()
        options.onHidden()
      }
      return id
    },
    begin(kind, work) {
      let id = 0
      const sentence = kind === 'mark' ? markSentence(work) : ''
      lock.run(() => {
        const json = JSON.stringify(work)
        id = jobs.insert({ ...NEW_JOB, kind, state: 'running', sentence, work: json })
      })
      changed()
      return id
    },
    async found(jobId, ids, cursor) {
      const job = jobs.get(jobId)
      const work = job === null ? null : workOf(job)
      if (job === null || work === null || job.state !== 'running') return false
      if (job.kind === 'remove') await addSlice(jobId, ids, work.keepPinned)
      lock.run(() => {
        const current = jobs.get(jobId)
        if (current === null || current.state !== 'running') return
        const done = job.kind === 'remove' ? current.done : current.done + ids.length
        jobs.update(jobId, { work: JSON.stringify({ ...work, cursor }), done })
      })
      changed()
      options.onHidden()
      return jobs.get(jobId)?.state === 'running'
    },
    end(jobId) {
      lock.run(() => finishHiding(jobId))
      changed()
      options.onHidden()
    },
    openSelections: () =>
      jobs.all().flatMap((job) => {
        const work = job.state === 'running' ? workOf(job) : null
        const walked = work !== null && !(job.kind === 'remove' && isAll(work))
        return walked ? [{ jobId: job.id, kind: job.kind, work }] : []
      }),
    async undo(jobId) {
      const job = jobs.get(jobId)
      if (job === null || job.kind !== 'remove') return false
      if (job.state !== 'undoable' && job.state !== 'running') return false
      await turnBack(jobId)
      return true
    },
    async cancel(jobId) {
      const job = jobs.get(jobId)
      if (job === null || job.state !== 'running') return false
      if (job.kind === 'remove') await turnBack(jobId)
      else lock.run(() => jobs.delete(jobId))
      changed()
      return true
    },
    due: () => slices.length > 0 || undoing() !== undefined || ranging() !== undefined,
    step() {
      const [slice] = slices
      if (slice !== undefined) {
        try {
          return hideSlice(slice)
        } catch (error) {
          slices.shift()
          slice.failed(error)
          return 0
        }
      }
      const back = undoing()
      const range = ranging()
      const work = range === undefined ? null : workOf(range)
      let heldMs = 0
      if (back !== undefined) heldMs = bringBack(back)
      else if (range !== undefined && work !== null) heldMs = hideMore(range, work)
      changed()
      options.onHidden()
      return heldMs
    },
    expire() {
      let nextMs: number | null = null
      for (const job of running) {
        if (job.state !== 'undoable' || job.undoUntilMs === null) continue
        if (job.undoUntilMs > now() + Math.max(LONGEST_UNDO_MS, options.undoMs)) {
          // The clock went back: nobody is to wait for a year.
          const undoUntilMs = now() + options.undoMs
          lock.run(() => jobs.update(job.id, { undoUntilMs }))
          changed()
          nextMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, undoUntilMs)
        } else if (job.undoUntilMs <= now()) {
          lock.run(() => jobs.update(job.id, { state: 'purging', done: 0, undoUntilMs: null }))
          changed()
        } else nextMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, job.undoUntilMs)
      }
      return nextMs
    },
  }
}

export function workOf({ work }: JobRow): SelectionWork | null {
  if (work === null) return null
  const parsed: SelectionWork = JSON.parse(work)
  return parsed
}

/** Nothing is left out but single deliveries. */
export function isAll(work: SelectionWork | null): boolean {
  if (work === null) return false
  const { filter = {}, where = null } = work.wanted
  return where === null && Object.values(filter).every((value) => value === undefined)
}

function markSentence({ change }: SelectionWork): string {
  if (change?.pinned === true) return 'Pinning deliveries'
  if (change?.pinned === false) return 'Unpinning deliveries'
  return 'Tagging deliveries'
}
