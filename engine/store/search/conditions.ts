import { type Verdict, verdicts } from '#contract/verdict.ts'
import { type IdStream, Known, Union } from './id-stream.ts'
import { facetTest, NEVER } from './facet-test.ts'
import type { Leaf, Snapshot, Sql, SqlValue } from './leaf.ts'
import { MOST_RUNS, type Run, RunStream } from './runs.ts'
import type { Wanted } from './types.ts'

/** What the list indexes of `deliveries` begin with; `null`: any. */
export interface Kinds {
  /** Endpoint ids; `null` among them: the catch-all. */
  endpoints: readonly (number | null)[] | null
  verdicts: readonly Verdict[] | null
  repeated: boolean | null
}

export const ANY_KIND: Kinds = { endpoints: null, verdicts: null, repeated: null }

/** The conditions of a filter that are no words of the language. */
export function kindsOf(filter: Wanted['filter']): Kinds {
  const { endpoint, verdicts: wanted, duplicates } = filter ?? {}
  return {
    endpoints: endpoint === undefined ? null : [endpoint === 'catch-all' ? null : endpoint],
    verdicts: wanted === undefined ? null : verdicts.filter((verdict) => wanted.includes(verdict)),
    repeated: duplicates ?? null,
  }
}

/** Both at once; `null`: nothing can be both. */
export function bothKinds(one: Kinds, other: Kinds): Kinds | null {
  if (one.repeated !== null && other.repeated !== null && one.repeated !== other.repeated) {
    return null
  }
  return {
    endpoints: common(one.endpoints, other.endpoints),
    verdicts: common(one.verdicts, other.verdicts),
    repeated: one.repeated ?? other.repeated,
  }
}

function common<T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  if (one === null || other === null) return one ?? other
  return one.filter((each) => other.includes(each))
}

/** Deliveries of these kinds: a handful of runs of an index over all deliveries. */
export function kindsLeaf(snapshot: Snapshot, kinds: Kinds): Leaf {
  if (kinds.endpoints?.length === 0 || kinds.verdicts?.length === 0) return NEVER
  const sql = kindsSql(kinds)
  return {
    kind: 'leaf',
    cost: 0,
    sql,
    holds: facetTest(snapshot, sql),
    candidates: () => {
      const runs = kindRuns(kinds)
      if (runs.length > MOST_RUNS) return null
      const stream = new RunStream(snapshot.db, runs, snapshot.descending)
      return { stream, exact: true, whole: true }
    },
  }
}

function kindRuns({ endpoints, verdicts: wanted, repeated }: Kinds): Run[] {
  const flags = repeated === null ? [0, 1] : [Number(repeated)]
  const pairs = (wanted ?? verdicts).flatMap((verdict) => flags.map((flag) => [verdict, flag]))
  const where = 'verdict = ? AND repeated = ?'
  const run = { table: 'deliveries', id: 'id' }
  if (endpoints === null) return pairs.map((values) => ({ ...run, where, values }))
  return endpoints.flatMap((endpoint) =>
    pairs.map((pair) => ({
      ...run,
      where: `endpoint_id IS ? AND ${where}`,
      values: [endpoint, ...pair],
    })),
  )
}

function kindsSql({ endpoints, verdicts: wanted, repeated }: Kinds): Sql {
  const parts: string[] = []
  const values: SqlValue[] = []
  if (endpoints !== null) {
    const named = endpoints.filter((endpoint) => endpoint !== null)
    const catchAll = named.length < endpoints.length ? ' OR endpoint_id IS NULL' : ''
    parts.push(`(coalesce(endpoint_id IN (${marks(named)}), 0)${catchAll})`)
    values.push(...named)
  }
  if (wanted !== null) {
    parts.push(`verdict IN (${marks(wanted)})`)
    values.push(...wanted)
  }
  if (repeated !== null) {
    parts.push('repeated = ?')
    values.push(Number(repeated))
  }
  return { text: parts.join(' AND ') || '1', values }
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ')

/** All deliveries, read from the narrow rows where there are some. */
export function everything({ db, facetsTo, descending }: Snapshot): RunStream {
  const newer = newerThan(facetsTo)
  const indexed = { table: 'facets', id: 'id', where: 'true', values: [] }
  return new RunStream(db, facetsTo === 0 ? [newer] : [indexed, newer], descending)
}

/** The deliveries behind one. */
export function newerThan(id: number): Run {
  return { table: 'deliveries', id: 'id', where: 'true', values: [], above: id }
}

/** Any number of runs. */
export function manyRuns(snapshot: Snapshot, runs: readonly Run[]): IdStream {
  const { db, descending } = snapshot
  if (runs.length === 0) return new Known([])
  if (runs.length <= MOST_RUNS) return new RunStream(db, runs, descending)
  const parts: IdStream[] = []
  for (let at = 0; at < runs.length; at += MOST_RUNS) {
    parts.push(new RunStream(db, runs.slice(at, at + MOST_RUNS), descending))
  }
  return new Union(parts)
}
