import type { Database } from 'better-sqlite3'
import type { IdStream } from './id-stream.ts'
import type { Scan } from './scan-stream.ts'
import type { StoredParts } from './stored-parts.ts'
import type { TailText } from './tail-text.ts'
import type { Vocabulary } from './vocabulary.ts'

export type SqlValue = string | number | null

/** A condition on the columns of `facets`, false where nothing is known; never NULL. */
export interface Sql {
  text: string
  values: readonly SqlValue[]
}

/** What one call works with: one state of the database and the direction it goes in. */
export interface Snapshot {
  db: Database
  parts: StoredParts
  tailText: TailText
  vocabulary: Vocabulary
  descending: boolean
  /** Deliveries up to this one stand in `facets` and in the text indexes, those above in no text. */
  indexedTo: number
  /** Up to this one they stand in `facets`: while text is indexed anew, `facets` is ahead of it. */
  facetsTo: number
  /** The lowest id in `facets`. */
  firstIndexed: number
  nowMs: () => number
}

/** Deliveries that may match, found by an index. */
export interface Candidates {
  stream: IdStream
  /** Whether each of them matches. */
  exact: boolean
  /** Whether it knows of all deliveries, or only of those that are indexed. */
  whole: boolean
}

/** How dear it is to look at one delivery: narrow row, row, body. */
export type Cost = 0 | 1 | 2

/** One condition. */
export interface Leaf {
  kind: 'leaf'
  cost: Cost
  /** Whether it holds for a delivery, indexed or not. */
  holds(id: number): boolean
  /** Where it only compares facets. */
  sql?: Sql
  /** `null`: there are too many to be found by an index. */
  candidates?(): Candidates | null
  /** How to look through all for it where no index helps: faster than asking one by one. */
  scan?: Scan
  /** Ids of indexed deliveries for which it can hold. */
  bounds?: { first: number; last: number }
}

export type Condition =
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | Leaf

/** Whether a condition holds for one delivery; what is cheap is looked at first. */
export function holds(condition: Condition): (id: number) => boolean {
  if (condition.kind === 'leaf') return (id) => condition.holds(id)
  if (condition.kind === 'not') {
    const inner = holds(condition.of)
    return (id) => !inner(id)
  }
  const each = cheapFirst(condition.of).map(holds)
  return condition.kind === 'all'
    ? (id) => each.every((one) => one(id))
    : (id) => each.some((one) => one(id))
}

export function cheapFirst(conditions: readonly Condition[]): Condition[] {
  return [...conditions].sort((a, b) => costOf(a) - costOf(b))
}

export function costOf(condition: Condition): Cost {
  if (condition.kind === 'leaf') return condition.cost
  if (condition.kind === 'not') return costOf(condition.of)
  return condition.of.reduce<Cost>((most, one) => (costOf(one) > most ? costOf(one) : most), 0)
}

/** The whole condition as SQL; `null`: a part of it needs more than facets. */
export function sqlOf(condition: Condition): Sql | null {
  if (condition.kind === 'leaf') return condition.sql ?? null
  if (condition.kind === 'not') {
    const inner = sqlOf(condition.of)
    return inner && { text: `NOT (${inner.text})`, values: inner.values }
  }
  const parts = condition.of.map(sqlOf)
  const known = parts.filter((part) => part !== null)
  return known.length < parts.length ? null : joined(known, condition.kind)
}

export function joined(parts: readonly Sql[], kind: 'all' | 'any'): Sql {
  const neutral = kind === 'all' ? '1' : '0'
  const text = parts.map((part) => `(${part.text})`).join(kind === 'all' ? ' AND ' : ' OR ')
  return { text: text || neutral, values: parts.flatMap((part) => [...part.values]) }
}
