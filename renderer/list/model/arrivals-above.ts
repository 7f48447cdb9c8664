import type { DeliveryRow, ListPosition, ListView } from '#contract/delivery.ts'
import type { ListSource } from './list-source.ts'
import { ANCHOR_EVERY } from './places.ts'

/** Rows of one request: at a thousand arrivals a second, a few requests a second keep up. */
const STEP = 200

/** What arrived since a list was counted: asked for upwards from the newest that is known. */
export class ArrivalsAbove {
  /** Rows that arrived and belong to the list. */
  count = 0
  /** Everything up to this id has been looked at. */
  topId: number
  /** Places of the rows at −1000, −2000, … */
  readonly above: ListPosition[] = []
  readonly #source: ListSource
  readonly #view: ListView

  constructor(source: ListSource, view: ListView, topId: number) {
    this.#source = source
    // Whatever the list is sorted by: what arrives is asked for by time.
    this.#view = { ...view, sort: 'time', ascending: false }
    this.topId = topId
  }

  /**
   * Asks for everything that arrived. `newestId`: the newest delivery that is known to be stored,
   * so that what does not belong to the list is looked at only once.
   */
  async advance(
    newestId: number,
    signal: AbortSignal,
    found: (rows: readonly DeliveryRow[], from: number) => void,
  ): Promise<void> {
    for (;;) {
      const before = { id: this.topId, value: null }
      const page = await this.#source.list(this.#view, { before, limit: STEP }, signal)
      if (signal.aborted) return
      const first = page.rows[0]
      if (first) {
        this.count += page.rows.length
        this.topId = first.id
        this.#note(page.rows)
        found(page.rows, -this.count)
      }
      if (page.searchedTo !== null) this.topId = Math.max(this.topId, page.searchedTo.id)
      else if (!page.hasMore) {
        this.topId = Math.max(this.topId, newestId)
        return
      }
    }
  }

  #note(rows: readonly DeliveryRow[]): void {
    for (;;) {
      const row = rows[this.count - ANCHOR_EVERY * (this.above.length + 1)]
      if (!row) return
      this.above.push({ id: row.id, value: null })
    }
  }
}
