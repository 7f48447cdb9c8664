import type { Database, Statement } from 'better-sqlite3'
import { END, firstFrom, type IdStream } from './id-stream.ts'

/** Rows of an index that are equal in all it begins with, hence in order of the id behind that. */
export interface Run {
  table: string
  /** The column that is the delivery's id. */
  id: string
  /** What the rows are equal in, as SQL; `true` for the whole table. */
  where: string
  values: readonly (string | number | null)[]
}

const FIRST_CHUNK = 32
const LARGEST_CHUNK = 1_024
const SMALLEST_CHUNK = 8
/** SQLite merges so many in one statement without trouble (its limit is 500). */
export const MOST_RUNS = 200

/** Any of some runs: SQLite merges them, and as much is fetched at a time as is used up. */
export class RunStream implements IdStream {
  hit = false
  readonly #page: Statement<unknown[], number>
  readonly #values: readonly (string | number | null)[][]
  readonly #sign: 1 | -1
  #places: number[] = []
  #at = 0
  #chunk: number
  readonly #smallest: number
  #complete = false

  /**
   * @param runs at least one, at most MOST_RUNS; no delivery is in two of them
   * @param smallest rows that are fetched at the least, where asking anew costs much
   */
  constructor(db: Database, runs: readonly Run[], descending: boolean, smallest = SMALLEST_CHUNK) {
    this.#smallest = smallest
    this.#chunk = Math.max(FIRST_CHUNK, smallest)
    this.#sign = descending ? -1 : 1
    this.#values = runs.map(({ values }) => [...values])
    this.#page = merged(db, runs, descending)
  }

  seek(from: number): number {
    this.#at = firstFrom(this.#places, from, this.#at)
    if (this.#at >= this.#places.length) {
      if (this.#complete) return this.#answer(END)
      this.#fetch(from)
    }
    return this.#answer(this.#places[this.#at] ?? END)
  }

  /** The place of the `count`th hit at `from` or behind it; END when there are fewer. */
  nth(from: number, count: number): number {
    const id = this.#page.get(...this.#bound(from), 1, count - 1)
    return id === undefined ? END : this.#sign * id
  }

  #answer(place: number): number {
    this.hit = place < END
    return place
  }

  #fetch(from: number): void {
    const last = this.#places[this.#places.length - 1]
    // What was jumped over was fetched for nothing.
    const used = last === undefined || from <= last + 1
    if (last !== undefined) {
      this.#chunk = used
        ? Math.min(Math.max(LARGEST_CHUNK, this.#smallest), this.#chunk * 2)
        : Math.max(this.#smallest, this.#chunk >> 1)
    }
    this.#places = this.#page.all(...this.#bound(from), this.#chunk, 0)
    if (this.#sign < 0) this.#places.forEach((id, index) => (this.#places[index] = -id))
    this.#at = 0
    this.#complete = this.#places.length < this.#chunk
  }

  #bound(from: number): unknown[] {
    return this.#values.flatMap((values) => [...values, Math.abs(from)])
  }
}

function merged(
  db: Database,
  runs: readonly Run[],
  descending: boolean,
): Statement<unknown[], number> {
  const [compare, order] = descending ? ['<=', 'DESC'] : ['>=', 'ASC']
  // FTS5 takes a bound of its ids only as an integer.
  const selects = runs.map(
    ({ table, id, where }) =>
      `SELECT ${id} AS id FROM ${table} WHERE ${where} AND ${id} ${compare} CAST(? AS INTEGER)`,
  )
  return db
    .prepare<unknown[], number>(
      `${selects.join(' UNION ALL ')} ORDER BY id ${order} LIMIT ? OFFSET ?`,
    )
    .pluck()
}
