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
  /** Only ids above this one. */
  above?: number
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
  readonly #runs: readonly Run[]
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
    this.#runs = runs
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
    // Of two bounds on the same side SQLite would seek to one, and not always to the better.
    return this.#runs.flatMap(({ values, above = 0 }) =>
      this.#sign < 0 ? [...values, above, -from] : [...values, Math.max(above + 1, from)],
    )
  }
}

function merged(
  db: Database,
  runs: readonly Run[],
  descending: boolean,
): Statement<unknown[], number> {
  // FTS5 takes a bound of its ids only as an integer.
  const selects = runs.map(({ table, id, where }) => {
    const lower = descending ? `${id} > CAST(? AS INTEGER) AND` : ''
    const bound = `${lower} ${id} ${descending ? '<=' : '>='} CAST(? AS INTEGER)`
    return `SELECT ${id} AS id FROM ${table} WHERE ${where} AND ${bound}`
  })
  const order = descending ? 'DESC' : 'ASC'
  return db
    .prepare<unknown[], number>(
      `${selects.join(' UNION ALL ')} ORDER BY id ${order} LIMIT ? OFFSET ?`,
    )
    .pluck()
}
