import type { Database } from 'better-sqlite3'
import type { ListPosition, SortColumn } from '#contract/delivery.ts'
import type { ValueColumn } from './value-leaf.ts'

export type Value = number | string

export interface Entry {
  id: number
  value: Value
}

/** The facet that a list is sorted by; time is the order of ids. */
export const sortedBy: Record<Exclude<SortColumn, 'time'>, ValueColumn> = {
  size: 'size',
  duration: 'duration',
  skew: 'skew',
  status: 'status',
  type: 'event_type',
}

/** As SQLite orders them: numbers, then text by its bytes; the same value by id. */
export function compareEntries(one: Entry, other: Entry): number {
  return compareValues(one.value, other.value) || one.id - other.id
}

function compareValues(one: Value, other: Value): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** The order of an index of `facets`: by a column, and where that is the same by id. */
export class ValueOrder {
  readonly #same
  readonly #first
  readonly #behind
  readonly #sameLeft
  readonly #valueOf

  constructor(db: Database, column: ValueColumn, descending: boolean) {
    const [compare, order] = descending ? ['<', 'DESC'] : ['>', 'ASC']
    const select = `SELECT id, ${column} AS value FROM facets WHERE`
    this.#same = db.prepare<[Value, number, number, number], Entry>(
      `${select} ${column} = ? AND id ${compare} ? ORDER BY id ${order} LIMIT ? OFFSET ?`,
    )
    this.#sameLeft = db
      .prepare<[Value, number], number>(
        `SELECT count(*) FROM facets WHERE ${column} = ? AND id ${compare} ?`,
      )
      .pluck()
    const inOrder = `ORDER BY ${column} ${order}, id ${order} LIMIT ? OFFSET ?`
    this.#first = db.prepare<[number, number], Entry>(`${select} ${column} IS NOT NULL ${inOrder}`)
    this.#behind = db.prepare<[Value, number, number], Entry>(
      `${select} ${column} ${compare} ? ${inOrder}`,
    )
    this.#valueOf = db
      .prepare<[number], Value | null>(`SELECT ${column} FROM facets WHERE id = ?`)
      .pluck()
  }

  /** The next few entries; `from` null: from the beginning. */
  after(from: Entry | null, limit: number): Entry[] {
    const found = from === null ? [] : this.#same.all(from.value, from.id, limit, 0)
    if (found.length === limit) return found
    return found.concat(this.#next(from, limit - found.length, 0))
  }

  /** The `count`th entry behind one. */
  nth(from: Entry | null, count: number): Entry | null {
    if (from === null) return this.#next(null, 1, count - 1)[0] ?? null
    const same = this.#same.get(from.value, from.id, 1, count - 1)
    if (same) return same
    const left = this.#sameLeft.get(from.value, from.id) ?? 0
    return this.#next(from, 1, count - left - 1)[0] ?? null
  }

  /** `null`: it has no value, or is not there. */
  valueOf(id: number): Value | null {
    return this.#valueOf.get(id) ?? null
  }

  /** Where a row stands now; `null`: among those without a value, which come last. */
  entryAt({ id, value }: ListPosition, facetsTo: number): Entry | null {
    if (id > facetsTo) return null
    const stored = this.#valueOf.get(id)
    const known = stored === undefined ? value : stored
    return known === null ? null : { id, value: known }
  }

  #next(from: Entry | null, limit: number, offset: number): Entry[] {
    return from === null
      ? this.#first.all(limit, offset)
      : this.#behind.all(from.value, limit, offset)
  }
}
