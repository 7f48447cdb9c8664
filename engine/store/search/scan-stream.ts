import type { Statement } from 'better-sqlite3'
import { END, firstFrom, type IdStream } from './id-stream.ts'
import type { Snapshot, SqlValue } from './leaf.ts'

const SMALLEST_WINDOW = 256
/** A query may take so long: below it the next window is larger, above it smaller. */
const AIM_MS = 4

/** Rows that are looked through, as SQL. */
export interface Scan {
  table: string
  /** The column that is the delivery's id. */
  id: string
  where: string
  values: readonly SqlValue[]
}

const FIRST_WINDOW = 2_048
const LARGEST_WINDOW = 32_768

/**
 * Indexed deliveries for which a condition holds, looked for in windows of ids: however rare they
 * are, each query is short.
 */
export class ScanStream implements IdStream {
  hit = false
  readonly #page: Statement<unknown[], number>
  readonly #values: readonly SqlValue[]
  readonly #sign: 1 | -1
  readonly #first: number
  readonly #last: number
  readonly #nowMs: () => number
  #window = FIRST_WINDOW
  #places: number[] = []
  #at = 0
  /** Up to here (exclusive) everything was looked at. */
  #reached = -END

  constructor(snapshot: Snapshot, { table, id, where, values }: Scan) {
    const { db, descending, firstIndexed, indexedTo } = snapshot
    this.#sign = descending ? -1 : 1
    this.#first = descending ? -indexedTo : firstIndexed
    this.#last = descending ? -firstIndexed : indexedTo
    this.#nowMs = snapshot.nowMs
    this.#values = values
    this.#page = db
      .prepare<unknown[], number>(
        `SELECT ${id} FROM ${table} WHERE (${where}) AND ${id} >= ?
           AND ${id} <= ? ORDER BY ${id} ${descending ? 'DESC' : 'ASC'}`,
      )
      .pluck()
  }

  seek(from: number): number {
    this.#at = firstFrom(this.#places, from, this.#at)
    const known = this.#places[this.#at]
    if (known !== undefined) return this.#answer(known, true)
    const start = Math.max(from, this.#reached, this.#first)
    if (start > this.#last) return this.#answer(END, false)
    this.#look(start)
    const place = this.#places[0]
    if (place !== undefined) return this.#answer(place, true)
    return this.#answer(this.#reached > this.#last ? END : this.#reached, false)
  }

  #answer(place: number, hit: boolean): number {
    this.hit = hit
    return place
  }

  #look(start: number): void {
    const end = Math.min(this.#last, start + this.#window - 1)
    const [low, high] = this.#sign > 0 ? [start, end] : [-end, -start]
    const before = this.#nowMs()
    this.#places = this.#page.all(...this.#values, low, high)
    const took = this.#nowMs() - before
    if (this.#sign < 0) this.#places.forEach((id, index) => (this.#places[index] = -id))
    this.#at = 0
    this.#reached = end + 1
    if (took < AIM_MS / 2 && this.#places.length < this.#window / 4) {
      this.#window = Math.min(LARGEST_WINDOW, this.#window * 2)
    } else if (took > AIM_MS * 2) this.#window = Math.max(SMALLEST_WINDOW, this.#window >> 1)
  }
}
