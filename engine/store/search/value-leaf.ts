import type { Database } from 'better-sqlite3'
import type { Range } from '#contract/filter/filter.ts'
import { conditionOn } from './ranges.ts'
import { manyRuns } from './conditions.ts'
import { facetTest, NEVER } from './facet-test.ts'
import { Known } from './id-stream.ts'
import type { Candidates, Leaf, Snapshot, Sql } from './leaf.ts'
import { likePattern } from './wildcard.ts'

export type ValueColumn = 'size' | 'duration' | 'skew' | 'status' | 'event_type'

/** So few values are each a run of the index, in order of id. */
const FEW_VALUES = 24
/** So few ids are fetched and put in order. */
const FEW_IDS = 20_000
/** Of event types so many are looked at. */
const MOST_TYPES = 1_000

/** Numbers within any of some ranges. */
export function rangesLeaf(
  snapshot: Snapshot,
  column: ValueColumn,
  ranges: readonly Range[],
): Leaf {
  const sql = conditionOn(column, ranges)
  return {
    kind: 'leaf',
    cost: 0,
    sql,
    holds: facetTest(snapshot, sql),
    candidates: () =>
      runsOfValues(snapshot, column, fewValues(snapshot.db, column, ranges)) ??
      fewIds(snapshot, column, ranges),
  }
}

/** Event types like a pattern. */
export function typeLeaf(snapshot: Snapshot, pattern: string): Leaf {
  if (pattern.includes('\0')) return NEVER
  const like = likePattern(pattern)
  const sql: Sql = {
    text: "coalesce(event_type LIKE ? ESCAPE '\\', 0)",
    values: [like],
  }
  return {
    kind: 'leaf',
    cost: 0,
    sql,
    holds: facetTest(snapshot, sql),
    candidates: () => runsOfValues(snapshot, 'event_type', typesLike(snapshot.db, like)),
  }
}

function runsOfValues(
  snapshot: Snapshot,
  column: ValueColumn,
  values: readonly (string | number)[] | null,
): Candidates | null {
  if (values === null) return null
  const runs = values.map((value) => ({
    table: 'facets',
    id: 'id',
    where: `${column} = ?`,
    values: [value],
  }))
  return { stream: manyRuns(snapshot, runs), exact: true, whole: false }
}

/** The values that there are in the ranges; `null`: more than a few. */
function fewValues(db: Database, column: ValueColumn, ranges: readonly Range[]): number[] | null {
  const found = new Set<number>()
  for (const range of ranges) {
    let rest = range
    for (;;) {
      const { text, values } = conditionOn(column, [rest])
      const value = db
        .prepare<unknown[], number>(
          `SELECT ${column} FROM facets WHERE ${text} ORDER BY ${column} LIMIT 1`,
        )
        .pluck()
        .get(...values)
      if (value === undefined) break
      if (found.size === FEW_VALUES) return null
      found.add(value)
      rest = { ...range, from: value, fromOpen: true }
    }
  }
  return [...found]
}

/** The event types that are like the pattern; `null`: there are too many to look at. */
function typesLike(db: Database, like: string): string[] | null {
  const first = db.prepare<[], string>('SELECT min(event_type) FROM facets').pluck()
  const next = db
    .prepare<[string], string>('SELECT min(event_type) FROM facets WHERE event_type > ?')
    .pluck()
  const matches = db.prepare<[string, string], number>("SELECT ? LIKE ? ESCAPE '\\'").pluck()
  const found: string[] = []
  let type = first.get() ?? null
  for (let looked = 0; type !== null; looked += 1) {
    if (looked === MOST_TYPES) return null
    if (matches.get(type, like) === 1) found.push(type)
    type = next.get(type) ?? null
  }
  return found
}

function fewIds(
  { db, descending }: Snapshot,
  column: ValueColumn,
  ranges: readonly Range[],
): Candidates | null {
  const places: number[] = []
  for (const range of ranges) {
    const { text, values } = conditionOn(column, [range])
    const from = `FROM facets INDEXED BY facets_by_${column} WHERE ${text}`
    const count = db
      .prepare<unknown[], number>(`SELECT count(*) FROM (SELECT 1 ${from} LIMIT ?)`)
      .pluck()
      .get(...values, FEW_IDS + 1)
    if ((count ?? 0) + places.length > FEW_IDS) return null
    places.push(
      ...db
        .prepare<unknown[], number>(`SELECT id ${from}`)
        .pluck()
        .all(...values),
    )
  }
  const sorted = Float64Array.from(places, (id) => (descending ? -id : id)).sort()
  return { stream: new Known(sorted), exact: true, whole: false }
}
