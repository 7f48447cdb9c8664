import type { DeliveryFilter, DeliveryRow } from '#contract/delivery.ts'
import type { ApiClient } from '#contract/client.ts'
import {
  appendOlder,
  emptyWindow,
  firstPage,
  prependNewer,
  replaceRange,
  type ListWindow,
} from './window-model.ts'

const PAGE = 200

export interface DeliveryListState {
  readonly window: ListWindow<DeliveryRow>
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  /** Deliveries that arrived since and are not shown. */
  readonly unseen: number
  /** Rows by which the content above the viewport grew (or shrank) with this state. */
  readonly shift: number
}

/** Holds the rows of one filter and fetches what scrolling and arrivals ask for. */
export class DeliveryWindow {
  #state: DeliveryListState = {
    window: emptyWindow(),
    phase: 'loading',
    error: null,
    unseen: 0,
    shift: 0,
  }
  readonly #listeners = new Set<() => void>()
  #busy: Promise<void> = Promise.resolve()
  readonly #pending = new Set<string>()
  /** Rises with every reload; work that was asked for before it is dropped. */
  #epoch = 0
  #visible: readonly [number, number] = [0, 40]
  /** Whether the person looks at the newest rows: only then do arrivals come in by themselves. */
  atTop = true
  readonly #client: ApiClient
  readonly #filter: DeliveryFilter

  constructor(client: ApiClient, filter: DeliveryFilter) {
    this.#client = client
    this.#filter = filter
  }

  state = (): DeliveryListState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Which rows are on the screen: these are fetched first when verdicts change. */
  setVisible(from: number, to: number): void {
    this.#visible = [from, to]
  }

  /** Starts again from the newest row. */
  reload(): void {
    this.#epoch += 1
    this.#pending.clear()
    this.#run('reload', async () => {
      const page = await this.#list({ limit: PAGE })
      this.#set({ window: firstPage(page), phase: 'ready', error: null, unseen: 0, shift: 0 })
    })
  }

  loadOlder(): void {
    this.#run('older', async () => {
      const last = this.#state.window.rows.at(-1)
      if (!last || !this.#state.window.olderBelow) return
      const page = await this.#list({ after: { id: last.id }, limit: PAGE })
      const { window, dropped } = appendOlder(this.#state.window, page)
      this.#set({ ...this.#state, window, shift: -dropped })
    })
  }

  loadNewer(): void {
    this.#run('newer', async () => {
      const first = this.#state.window.rows[0]
      if (!first || !this.#state.window.newerAbove) return
      const page = await this.#list({ before: { id: first.id }, limit: PAGE })
      const { window, added } = prependNewer(this.#state.window, page)
      this.#set({ ...this.#state, window, shift: added })
    })
  }

  /** Deliveries arrived: shows them at once at the top, else counts them. */
  arrived(count: number): void {
    if (!this.atTop || this.#state.window.newerAbove) {
      this.#run(`count-${count}`, () => this.#countUnseen(count))
      return
    }
    this.#run('arrived', async () => {
      const first = this.#state.window.rows[0]
      if (!first) return this.#showNewest()
      const page = await this.#list({ before: { id: first.id }, limit: PAGE })
      if (page.hasMore) return this.#showNewest()
      if (page.rows.length === 0) return undefined
      const { window, added } = prependNewer(this.#state.window, page)
      this.#set({ ...this.#state, window, unseen: 0, shift: this.atTop ? 0 : added })
      return undefined
    })
  }

  /** Verdicts changed: what is on the screen is fetched first, then the rest of the window. */
  refresh(): void {
    this.#run('refresh', async () => {
      const { rows } = this.#state.window
      const [from, to] = this.#visible
      await this.#fetchAgain(rows.slice(Math.max(0, from), to + 1))
      for (let start = 0; start < rows.length; start += 500) {
        await this.#fetchAgain(rows.slice(start, start + 500))
      }
    })
  }

  async #countUnseen(count: number): Promise<void> {
    const first = this.#state.window.rows[0]
    if (!first || this.#state.window.newerAbove) {
      this.#set({ ...this.#state, unseen: this.#state.unseen + count, shift: 0 })
      return
    }
    const page = await this.#list({ before: { id: first.id }, limit: PAGE })
    const unseen = page.hasMore ? Math.max(PAGE, this.#state.unseen + count) : page.rows.length
    if (unseen !== this.#state.unseen) this.#set({ ...this.#state, unseen, shift: 0 })
  }

  async #showNewest(): Promise<void> {
    const page = await this.#list({ limit: PAGE })
    this.#set({ ...this.#state, window: firstPage(page), unseen: 0, shift: 0 })
  }

  async #fetchAgain(rows: readonly DeliveryRow[]): Promise<void> {
    const newest = rows[0]
    const oldest = rows.at(-1)
    if (!newest || !oldest) return
    const page = await this.#list({
      after: { id: newest.id + 1 },
      limit: Math.min(500, rows.length),
    })
    const window = replaceRange(this.#state.window, newest.id, oldest.id, page.rows)
    this.#set({ ...this.#state, window, shift: 0 })
  }

  #list(range: { before?: { id: number }; after?: { id: number }; limit: number }) {
    return this.#client.deliveries.list({ filter: this.#filter, ...range })
  }

  /** One request after the other; the same kind is not queued twice. */
  #run(kind: string, work: () => Promise<void>): void {
    if (this.#pending.has(kind)) return
    this.#pending.add(kind)
    const epoch = this.#epoch
    const before = this.#busy
    const next = async () => {
      await before
      if (epoch !== this.#epoch) return
      this.#pending.delete(kind)
      try {
        await work()
      } catch (error) {
        const phase = this.#state.window.rows.length > 0 ? 'ready' : 'failed'
        this.#set({ ...this.#state, phase, error, shift: 0 })
      }
    }
    this.#busy = next()
  }

  #set(state: DeliveryListState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
