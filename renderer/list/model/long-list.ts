import type { DeliveryRow, ListView } from '#contract/delivery.ts'
import type { Change } from '#contract/status.ts'
import { changesMembers } from './changes-members.ts'
import { fetchWanted } from './fetch-rows.ts'
import { idsBetween } from './ids-between.ts'
import { HeldList, type ListState } from './held-list.ts'
import type { ListSource } from './list-source.ts'
import { Pacer } from './pacer.ts'
import { count, recount, refreshVisible, restart } from './recount.ts'
import { searchOn, tellSearch, wantsSearch } from './search-on.ts'
import { newestFirst } from './snapshot.ts'
import { showArrivals, takeArrivals } from './take-arrivals.ts'

/** Milliseconds at least between two requests of a kind. */
const PACE = { fetch: 0, arrivals: 120, refresh: 200, recount: 300 }
/** A count that took long is not done anew all the time. */
const REST_AFTER_COUNT = 5
const LONGEST_REST_MS = 30_000
/** Somebody who drags the scrollbar wants the rows where it stops. */
const AT_REST_MS = 70

/** A list of any length: holds the rows near the eye, and knows how to get to all others. */
export class LongList {
  readonly #list: HeldList
  #searchStopped = false
  #countMs = 0
  #rest: ReturnType<typeof setTimeout> | null = null
  readonly #fetching: Pacer
  readonly #arriving: Pacer
  readonly #refreshing: Pacer
  readonly #counting: Pacer
  readonly #searching: Pacer

  constructor(source: ListSource, view: ListView) {
    const list = new HeldList(source, view)
    const failed = (error: unknown) => {
      if (!list.signal.aborted) list.set({ phase: list.snapshot ? 'ready' : 'failed', error })
    }
    this.#list = list
    this.#fetching = new Pacer(PACE.fetch, () => this.#fetch(), failed)
    this.#arriving = new Pacer(PACE.arrivals, () => this.#takeArrivals(), failed)
    this.#refreshing = new Pacer(PACE.refresh, () => this.#refresh(), failed)
    this.#counting = new Pacer(PACE.recount, () => this.#recount(), failed)
    this.#searching = new Pacer(0, () => searchOn(list, () => this.#searchStopped), failed)
  }

  get view(): ListView {
    return this.#list.view
  }

  state = (): ListState => this.#list.state

  subscribe = (listener: () => void): (() => void) => {
    this.#list.listeners.add(listener)
    return () => {
      this.#list.listeners.delete(listener)
    }
  }

  rowAt(coordinate: number): DeliveryRow | undefined {
    return this.#list.snapshot?.cache.at(coordinate)
  }

  /** The coordinate of a row that is held; `null`: it is not. */
  find(id: number): number | null {
    return this.findRow((row) => row.id === id)
  }

  findRow(is: (row: DeliveryRow) => boolean): number | null {
    return this.#list.snapshot?.cache.find(is) ?? null
  }

  /** Ids of the rows between two coordinates (`to` exclusive), also of those that are not held. */
  ids(from: number, to: number): Promise<number[]> {
    return idsBetween(this.#list, from, to)
  }

  /** Everything up to this delivery has been looked at. */
  get upToId(): number {
    return this.#list.snapshot?.arrivals.topId ?? 0
  }

  start(): void {
    this.#list.open()
    this.reload()
  }

  /** Drops whatever is still being asked for. */
  stop(): void {
    this.#list.close()
    for (const pacer of [this.#arriving, this.#refreshing, this.#counting]) pacer.cancel()
  }

  /** Starts again from the first row. */
  reload(): void {
    this.#searchStopped = false
    this.#list.atTop = true
    this.#list.snapshot = null
    this.#refreshing.ask()
  }

  /** Which coordinates are on the screen (`to` exclusive), and whether the first row is. */
  look(from: number, to: number, atTop: boolean): void {
    const list = this.#list
    const reached = atTop && !list.atTop
    const far = Math.abs(from - list.visible.from) > to - from
    list.visible = { from, to }
    list.atTop = atTop
    if (reached && list.state.unseen > 0 && list.follows) showArrivals(list)
    if (far || list.restless) this.#waitForRest()
    else this.#fetching.ask()
    this.#searchIfWanted()
  }

  #waitForRest(): void {
    this.#list.restless = true
    if (this.#rest !== null) clearTimeout(this.#rest)
    this.#rest = setTimeout(() => {
      this.#list.restless = false
      this.#fetching.ask()
    }, AT_REST_MS)
  }

  changed(change: Change | 'everything'): void {
    const list = this.#list
    if (change === 'everything' || list.snapshot === null) return this.#refreshing.ask()
    list.newestId = Math.max(list.newestId, change.newestDeliveryId ?? 0)
    if (change.arrived > 0) this.#arriving.ask()
    if (changesMembers(list.view, change)) this.#refreshing.ask()
    else if (change.judged || change.answered || change.marks || change.endpoints) this.age()
  }

  /** What is held is fetched again, first what is on the screen. */
  age(): void {
    this.#list.snapshot?.cache.age()
    this.#fetching.ask()
  }

  pause(): void {
    this.#list.set({ paused: true })
  }

  resume(): void {
    this.#list.set({ paused: false })
    if (this.#list.follows && this.#list.state.unseen > 0) this.showNewest()
  }

  /** Shows what arrived; the caller scrolls to the first row. */
  showNewest(): void {
    this.#list.atTop = true
    if (!newestFirst(this.view)) return this.reload()
    showArrivals(this.#list)
    this.#fetching.ask()
  }

  stopSearch(): void {
    this.#searchStopped = true
  }

  keepSearching(): void {
    this.#searchStopped = false
    this.#searchIfWanted()
  }

  #searchIfWanted(): void {
    if (wantsSearch(this.#list, this.#searchStopped)) this.#searching.ask()
  }

  async #fetch(): Promise<void> {
    const other = await fetchWanted(this.#list)
    if (other) this.#countSoon()
  }

  async #takeArrivals(): Promise<void> {
    // A message that came again leaves its old place.
    if (this.view.grouped && this.#list.follows) return this.#refreshing.ask()
    await takeArrivals(this.#list)
    return undefined
  }

  async #refresh(): Promise<void> {
    const list = this.#list
    if (list.snapshot === null || list.follows) return this.#restart(list.snapshot !== null)
    await refreshVisible(list)
    this.#fetching.ask()
    this.#countSoon()
    return undefined
  }

  #countSoon(): void {
    this.#counting.ask(Math.min(LONGEST_REST_MS, REST_AFTER_COUNT * this.#countMs))
  }

  async #restart(known: boolean): Promise<void> {
    const snapshot = await restart(this.#list, known)
    if (!snapshot) return
    this.#fetching.ask()
    // What arrived while the page was read was looked for above the list that stood before it.
    if (this.#list.newestId > snapshot.arrivals.topId) this.#arriving.ask()
    tellSearch(this.#list, false)
    if (snapshot.searching) return this.#searchIfWanted()
    if (snapshot.whole) return undefined
    if (known) return this.#countSoon()
    await this.#timed(() => count(this.#list, snapshot, false))
    this.#fetching.ask()
    return undefined
  }

  async #recount(): Promise<void> {
    const list = this.#list
    const { snapshot } = list
    if (snapshot === null || snapshot.searching) return
    if (list.follows) {
      if (!snapshot.whole) await this.#timed(() => count(list, snapshot, true))
    } else await this.#timed(() => recount(list))
    this.#fetching.ask()
    this.#arriving.ask()
  }

  async #timed(work: () => Promise<void>): Promise<void> {
    const started = performance.now()
    await work()
    this.#countMs = performance.now() - started
  }
}
