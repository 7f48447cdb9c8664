import type { Job, MarkChange } from '#contract/selection.ts'
import type { Wanted } from '#engine/store/search/types.ts'

/** What is left to do of a job on all that a filter finds; kept with it, for the next start. */
export interface SelectionWork {
  wanted: Wanted
  upToId: number
  exceptIds: number[]
  keepPinned: boolean
  /** Only of marks. */
  change: MarkChange | null
  /** The walk goes on below this id (of everything: behind it); `null`: from the start. */
  cursor: number | null
}

export interface OpenSelection {
  jobId: number
  kind: 'remove' | 'mark'
  work: SelectionWork
}

/** What the upkeep thread does when asked; all of it survives a structured clone. */
export interface UpkeepCalls {
  /** Hides these at once; resolves when they are hidden. */
  hide(input: { ids: readonly number[]; keepPinned: boolean }): { jobId: number }
  /** A job on all that a filter finds; without a filter it runs by itself. */
  begin(input: { kind: 'remove' | 'mark'; work: SelectionWork }): { jobId: number }
  /** What the walk found so far; false: the job was cancelled meanwhile. */
  found(input: { jobId: number; ids: readonly number[]; cursor: number | null }): boolean
  /** The walk is at its end. */
  end(input: { jobId: number }): void
  openSelections(input: Record<string, never>): OpenSelection[]
  mark(input: { ids: readonly number[]; change: MarkChange }): void
  /** False: it is too late, or there is no such job. */
  undo(input: { jobId: number }): boolean
  cancel(input: { jobId: number }): boolean
  retentionChanged(input: Record<string, never>): void
}

/** What the thread is started with. */
export interface UpkeepData {
  dataDir: string
  /** So long a removal can be undone, milliseconds. */
  undoMs: number
  signals: SharedArrayBuffer
  turns: SharedArrayBuffer
}

export type UpkeepCallName = keyof UpkeepCalls

export type ToUpkeep =
  { kind: 'call'; id: number; call: UpkeepCallName; input: unknown } | { kind: 'wake' }

export interface UpkeepState {
  indexing: { done: number; total: number } | null
  jobs: Job[]
}

export type FromUpkeep =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: string }
  | { kind: 'state'; state: UpkeepState }
  | { kind: 'changed'; removed: boolean; marks: boolean }
  /** `sentence: null`: it is over. */
  | { kind: 'problem'; code: string; sentence: string | null }
