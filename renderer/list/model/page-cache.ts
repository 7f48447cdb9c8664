export const PAGE_ROWS = 200
const MOST_PAGES = 20

interface Page<Row> {
  readonly rows: (Row | undefined)[]
  /** Still worth showing, but to be fetched again when it is looked at. */
  stale: boolean
}

const pageOf = (at: number): number => Math.floor(at / PAGE_ROWS)

/** Rows by coordinate, in pages; the pages that are farthest from the eye are let go. */
export class PageCache<Row> {
  readonly #pages = new Map<number, Page<Row>>()

  at(coordinate: number): Row | undefined {
    const page = pageOf(coordinate)
    return this.#pages.get(page)?.rows[coordinate - page * PAGE_ROWS]
  }

  /** Puts rows from a coordinate on; what stood there is replaced. */
  put(from: number, rows: readonly Row[], near: number): void {
    for (const [index, row] of rows.entries()) {
      const page = pageOf(from + index)
      let held = this.#pages.get(page)
      if (!held) {
        held = { rows: Array.from({ length: PAGE_ROWS }), stale: false }
        this.#pages.set(page, held)
      }
      held.rows[from + index - page * PAGE_ROWS] = row
    }
    this.#letGo(near)
  }

  /** A page was fetched whole: what it holds is fresh. */
  fresh(page: number): void {
    const held = this.#pages.get(page)
    if (held) held.stale = false
  }

  /** Everything that is held may have changed. */
  age(): void {
    for (const page of this.#pages.values()) page.stale = true
  }

  /** Lets go of the rows from a coordinate on. */
  cut(from: number): void {
    for (const [number, page] of this.#pages) {
      const start = number * PAGE_ROWS
      if (start >= from) this.#pages.delete(number)
      else page.rows.fill(undefined, Math.min(PAGE_ROWS, from - start))
    }
  }

  /** Pages between two coordinates (`to` exclusive) that lack a row or are no longer fresh. */
  wanted(from: number, to: number): number[] {
    const wanted: number[] = []
    for (let page = pageOf(from); page * PAGE_ROWS < to; page += 1) {
      const held = this.#pages.get(page)
      const start = Math.max(0, from - page * PAGE_ROWS)
      const end = Math.min(PAGE_ROWS, to - page * PAGE_ROWS)
      if (!held || held.stale || held.rows.slice(start, end).includes(undefined)) wanted.push(page)
    }
    return wanted
  }

  /** The coordinate of the first held row that is asked for; `null`: none. */
  find(is: (row: Row) => boolean): number | null {
    for (const [number, page] of this.#pages) {
      const index = page.rows.findIndex((row) => row !== undefined && is(row))
      if (index >= 0) return number * PAGE_ROWS + index
    }
    return null
  }

  get pages(): number {
    return this.#pages.size
  }

  #letGo(near: number): void {
    if (this.#pages.size <= MOST_PAGES) return
    const middle = pageOf(near)
    const farthest = [...this.#pages.keys()].sort(
      (a, b) => Math.abs(b - middle) - Math.abs(a - middle),
    )
    for (const page of farthest.slice(0, this.#pages.size - MOST_PAGES)) this.#pages.delete(page)
  }
}
