import type { Job, MarkChange } from '#contract/selection.ts'
import type { IdsPage, IdsQuery, Wanted } from '#engine/store/search/types.ts'
import type { OpenSelection, SelectionWork, UpkeepState } from './protocol.ts'
import { isAll } from './removals.ts'
import type { WriteTurns } from '#engine/store/write-turns.ts'
import { createUpkeepThread } from './upkeep-thread.ts'

const UNDO_MS = 30_000
const IDS_AT_ONCE = 1_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000

/** Single deliveries, or all up to an id that something is asked of. */
export type Target =
  { ids: readonly number[] } | { wanted: Wanted; upToId: number; exceptIds: number[] }

export interface UpkeepOptions {
  dataDir: string
  /** So long a removal can be undone; 30 s when absent. */
  undoMs?: number | undefined
  turns: WriteTurns
  /** What a selection means, step by step, on a read thread. */
  find: (query: IdsQuery) => Promise<IdsPage>
  onChanged: (changed: { removed?: boolean; marks?: boolean; status?: boolean }) => void
  /** `sentence: null`: it is over. */
  onProblem: (code: string, sentence: string | null) => void
}

/** All that is written behind capture: the search index, marks on many, removals, retention. */
export interface Upkeep {
  /** Deliveries, or times of theirs, were committed. */
  poke(): void
  /** The search index catching up; `null` when it holds everything. */
  indexing(): { done: number; total: number } | null
  jobs(): Job[]
  /** Single ones are hidden when it resolves; the rest goes on as a job. */
  remove(target: Target, keepPinned: boolean): Promise<{ jobId: number }>
  mark(target: Target, change: MarkChange): Promise<{ jobId: number | null }>
  /** False: it is too late, or there is no such job. */
  undo(jobId: number): Promise<boolean>
  cancel(jobId: number): Promise<boolean>
  /** The setting `retention` was written. */
  retentionChanged(): void
  close(): Promise<void>
}

export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { find, onChanged, onProblem } = options
  let state: UpkeepState = { indexing: null, jobs: [] }
  const walking = new Set<number>()
  let closed = false
  let retry: NodeJS.Timeout | null = null
  let retryMs = FIRST_RETRY_MS

  const thread = createUpkeepThread({
    dataDir: options.dataDir,
    undoMs: options.undoMs ?? UNDO_MS,
    turns: options.turns,
    onState(told) {
      state = told
      onChanged({ status: true })
    },
    onChanged,
    onProblem,
    onStarted: () => void resume(),
  })

  const takePage = async (jobId: number, work: SelectionWork, page: IdsPage) => {
    const except = new Set(work.exceptIds)
    const ids = page.ids.filter((id) => !except.has(id))
    if (work.change !== null) await thread.run('mark', { ids, change: work.change })
    return thread.run('found', { jobId, ids, cursor: page.searchedTo })
  }
  const walk = async ({ jobId, work }: OpenSelection) => {
    let below = work.cursor ?? work.upToId + 1
    for (;;) {
      const page = await find({ ...work.wanted, below, limit: IDS_AT_ONCE })
      if (!(await takePage(jobId, work, page))) return
      if (page.searchedTo === null) break
      below = page.searchedTo
    }
    await thread.run('end', { jobId })
  }
  /** A walk that failed is taken up again where it was, also after the thread has died. */
  const start = async (selection: OpenSelection) => {
    if (walking.has(selection.jobId)) return
    walking.add(selection.jobId)
    try {
      await walk(selection)
      retryMs = FIRST_RETRY_MS
      onProblem('upkeep-selection', null)
    } catch (error) {
      if (!closed) again(error)
    } finally {
      walking.delete(selection.jobId)
    }
  }
  const again = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    onProblem('upkeep-selection', `Work on many deliveries stopped (${why}). It is tried again.`)
    if (retry !== null) clearTimeout(retry)
    retry = setTimeout(() => void resume(), retryMs).unref()
    retryMs = Math.min(LAST_RETRY_MS, 2 * retryMs)
  }
  const resume = async () => {
    try {
      for (const open of await thread.run('openSelections', {})) void start(open)
    } catch (error) {
      if (!closed) again(error)
    }
  }
  const begin = async (kind: 'remove' | 'mark', work: SelectionWork) => {
    const { jobId } = await thread.run('begin', { kind, work })
    if (kind === 'mark' || !isAll(work)) void start({ jobId, kind, work })
    return { jobId }
  }

  return {
    poke: () => thread.poke(),
    indexing: () => state.indexing,
    jobs: () => state.jobs,
    remove: (target, keepPinned) =>
      'ids' in target
        ? thread.run('hide', { ids: target.ids, keepPinned })
        : begin('remove', { ...target, keepPinned, change: null, cursor: null }),
    async mark(target, change) {
      if (!('ids' in target)) {
        return begin('mark', { ...target, keepPinned: false, change, cursor: null })
      }
      await thread.run('mark', { ids: target.ids, change })
      return { jobId: null }
    },
    undo: (jobId) => thread.run('undo', { jobId }),
    cancel: (jobId) => thread.run('cancel', { jobId }),
    retentionChanged: () => void thread.run('retentionChanged', {}).catch(() => undefined),
    async close() {
      closed = true
      if (retry !== null) clearTimeout(retry)
      await thread.close()
    },
  }
}
