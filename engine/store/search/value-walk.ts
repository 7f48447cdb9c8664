import type { ListPosition } from '#contract/delivery.ts'
import type { Budget } from './budget.ts'
import { newerThan } from './conditions.ts'
import { END, type IdStream } from './id-stream.ts'
import { type Condition, holds, type Leaf, type Snapshot } from './leaf.ts'
import { planStream } from './plan.ts'
import { RunStream } from './runs.ts'
import { compareEntries, type Entry, type ValueOrder } from './value-order.ts'
import type { ValueColumn } from './value-leaf.ts'
import { TimeWalk, type Walk } from './walk.ts'

/** So many matches are put in order here, when they are found in time. */
const SORTED_HERE = 20_000
const CHUNK = 256

export interface ValueView {
  snapshot: Snapshot
  order: ValueOrder
  column: ValueColumn
  condition: Condition
  /** Whether the walk goes up to rows from those behind them. */
  against: boolean
  start: ListPosition | null
  end: ListPosition | null
}

/**
 * In order of a value, which the indexed deliveries have; those without one, and those that are not
 * indexed yet, come last in order of arrival, whatever the direction.
 */
export class ValueWalk implements Walk {
  readonly jump?: (count: number) => ListPosition | null
  readonly #view: ValueView
  readonly #holds: ((id: number) => boolean) | null
  #rest: TimeWalk | null = null
  #entries: Entry[] = []
  #at = 0
  /** `entries` is all there is, and all of it matches. */
  #sorted = false
  #started = false
  #last: Entry | null = null
  #place: ListPosition

  constructor(view: ValueView) {
    this.#view = view
    const { condition, order, start, snapshot, against } = view
    const trivial = condition.kind === 'all' && condition.of.length === 0
    this.#holds = trivial ? null : holds(condition)
    this.#place = start ?? { id: 0, value: null }
    const entry = start && order.entryAt(start, snapshot.facetsTo)
    this.#last = entry
    const inRest = start === null ? against : entry === null
    if (inRest) this.#rest = this.#restWalk(start?.id ?? null)
    if (trivial && view.end === null && !against) this.jump = (count) => this.#jump(count)
  }

  next(budget: Budget): 'row' | 'end' | 'time' {
    if (this.#rest) {
      const step = this.#rest.next(budget)
      this.#place = this.#rest.position()
      if (step !== 'end' || !this.#view.against || this.#endsInRest()) return step
      this.#rest = null
      this.#last = null
    }
    const step = this.#valued(budget)
    if (step !== 'end' || this.#view.against || this.#endsInValues()) return step
    this.#rest = this.#restWalk(null)
    return this.next(budget)
  }

  position(): ListPosition {
    return this.#place
  }

  #valued(budget: Budget): 'row' | 'end' | 'time' {
    if (!this.#started) this.#collect(budget)
    for (;;) {
      const entry = this.#entries[this.#at] ?? this.#fetch()
      if (entry === undefined || this.#isBehindEnd(entry)) return 'end'
      this.#at += 1
      this.#last = entry
      this.#place = entry
      if (this.#sorted || this.#holds === null || this.#holds(entry.id)) return 'row'
      if (budget.spent()) return 'time'
    }
  }

  #fetch(): Entry | undefined {
    if (this.#sorted) return undefined
    this.#entries = this.#view.order.after(this.#last, CHUNK)
    this.#at = 0
    return this.#entries[0]
  }

  /** A few matches are found first and put in order: walking the index might never meet them. */
  #collect(budget: Budget): void {
    this.#started = true
    if (this.#holds === null) return
    const { snapshot, order, condition } = this.#view
    const places = collected(planStream(snapshot, condition), snapshot, budget)
    if (places === null) return
    const entries = places.flatMap((place) => {
      const id = Math.abs(place)
      const value = id > snapshot.facetsTo ? null : order.valueOf(id)
      return value === null ? [] : [{ id, value }]
    })
    const sign = snapshot.descending ? -1 : 1
    entries.sort((one, other) => sign * compareEntries(one, other))
    const last = this.#last
    const first = entries.findIndex((entry) => !last || sign * compareEntries(entry, last) > 0)
    this.#entries = first < 0 ? [] : entries.slice(first)
    this.#sorted = true
  }

  #jump(count: number): ListPosition | null {
    if (this.#rest) return null
    const entry = this.#view.order.nth(this.#last, count)
    if (entry === null) return null
    this.#last = entry
    this.#place = entry
    return entry
  }

  #isBehindEnd(entry: Entry): boolean {
    const { end, order, snapshot } = this.#view
    const last = end && order.entryAt(end, snapshot.facetsTo)
    if (!last) return false
    const difference = compareEntries(entry, last)
    return snapshot.descending ? difference <= 0 : difference >= 0
  }

  #endsInRest(): boolean {
    const { end, order, snapshot } = this.#view
    return end !== null && order.entryAt(end, snapshot.facetsTo) === null
  }

  #endsInValues(): boolean {
    return this.#view.end !== null && !this.#endsInRest()
  }

  #restWalk(start: number | null): TimeWalk {
    const { snapshot, column, condition, end } = this.#view
    const both: Condition = { kind: 'all', of: [restLeaf(snapshot, column), condition] }
    const span = { start, end: this.#endsInRest() ? (end?.id ?? null) : null }
    return new TimeWalk(planStream(snapshot, both), snapshot.descending, span)
  }
}

/** Without a value, or not indexed yet. */
function restLeaf(snapshot: Snapshot, column: ValueColumn): Leaf {
  const { db, facetsTo, descending } = snapshot
  const one = db.prepare<[number]>(`SELECT 1 FROM facets WHERE id = ? AND ${column} IS NOT NULL`)
  const without = { table: 'facets', id: 'id', where: `${column} IS NULL`, values: [] }
  return {
    kind: 'leaf',
    cost: 0,
    holds: (id) => id > facetsTo || one.get(id) === undefined,
    candidates: () => ({
      stream: new RunStream(db, [newerThan(facetsTo), without], descending),
      exact: true,
      whole: true,
    }),
  }
}

/** All hits, as places; `null`: there are too many, or half of the time is gone. */
function collected(stream: IdStream, { descending }: Snapshot, budget: Budget): number[] | null {
  const places: number[] = []
  let from = descending ? -Number.MAX_SAFE_INTEGER : 1
  for (;;) {
    const place = stream.seek(from)
    if (place === END) return places
    from = place
    if (stream.hit) {
      places.push(place)
      from += 1
    }
    if (places.length > SORTED_HERE || budget.spent(0.5)) return null
  }
}
