import type { ListView } from '#contract/delivery.ts'
import type { ListSource } from './list-source.ts'
import { newestFirst, type Snapshot } from './snapshot.ts'

export interface ListState {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  /** Coordinates of the first row, and behind the last one that is known of. */
  readonly top: number
  readonly end: number
  /** `end` is the end. */
  readonly complete: boolean
  /** Deliveries that arrived since and are not shown. */
  readonly unseen: number
  readonly paused: boolean
  /** A search that has not looked at everything yet, and the delivery that it came to. */
  readonly search: { readonly running: boolean; readonly backTo: number | null } | null
  /**
   * Rises when what is under the eye has other coordinates than before: by `coordinates`, and by
   * `rows` counted from the top.
   */
  readonly moved: { readonly serial: number; readonly coordinates: number; readonly rows: number }
}

const start: ListState = {
  phase: 'loading',
  error: null,
  top: 0,
  end: 0,
  complete: false,
  unseen: 0,
  paused: false,
  search: null,
  moved: { serial: 0, coordinates: 0, rows: 0 },
}

/** What the parts of a long list share. */
export class HeldList {
  snapshot: Snapshot | null = null
  /** Coordinates on the screen, `to` exclusive. */
  visible = { from: 0, to: 40 }
  atTop = true
  /** The eye moves so fast that nothing is worth fetching before it rests. */
  restless = false
  /** The newest delivery that the engine spoke of. */
  newestId = 0
  /** Rows with a greater id arrived since and are not shown. */
  shownUpTo = 0
  state: ListState = start
  readonly source: ListSource
  readonly view: ListView
  readonly listeners = new Set<() => void>()
  #abort = new AbortController()

  constructor(source: ListSource, view: ListView) {
    this.source = source
    this.view = view
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  open(): void {
    if (this.#abort.signal.aborted) this.#abort = new AbortController()
  }

  close(): void {
    this.#abort.abort()
  }

  /** Whether the person looks at the newest rows: only then do arrivals come in by themselves. */
  get follows(): boolean {
    return this.atTop && !this.state.paused && newestFirst(this.view)
  }

  set(change: Partial<ListState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }

  /** Says how far the list is known after its snapshot changed. */
  setExtent(change: Partial<ListState> = {}): void {
    if (!this.snapshot) return
    const { counted, complete } = this.snapshot
    this.set({ ...change, end: counted, complete })
  }
}
