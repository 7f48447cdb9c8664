import type { Database } from 'better-sqlite3'
import type { CappedCount, DeliveryFilter, DeliveryRow } from '#contract/delivery.ts'
import { verdicts } from '#contract/verdict.ts'
import { FROM_DELIVERIES, ROW_COLUMNS, type StoredRow, toRow } from './delivery-rows.ts'

/** Counts stop here (design "Storage"). */
const COUNT_CAP = 10_000

export interface ListQuery {
  filter: DeliveryFilter
  /** Only ids below this one. */
  before?: number | null | undefined
  /** Only ids above this one: the rows directly above it. */
  after?: number | null | undefined
  limit: number
}

export interface DeliveryList {
  /** Newest first; `hasMore` in the direction that was asked for. */
  list(query: ListQuery): { rows: DeliveryRow[]; hasMore: boolean }
  count(filter: DeliveryFilter, cap?: number): CappedCount
}

/** Values that an index is equal in, so that each prefix is a run of ids in order. */
interface Prefixes {
  from: string
  values: (string | number | null)[][]
}

/**
 * Every filter is a union of equal prefixes of one index, hence lists and counts cost as much in a
 * table of a million as in one of a hundred.
 */
function prefixes(filter: DeliveryFilter): Prefixes {
  const { endpoint, duplicates } = filter
  const wanted = filter.verdicts === undefined ? verdicts : [...new Set(filter.verdicts)]
  const repeated = duplicates === undefined ? [0, 1] : [Number(duplicates)]
  const pairs = wanted.flatMap((verdict) => repeated.map((flag) => [verdict, flag]))
  if (endpoint !== undefined) {
    const endpointId = endpoint === 'catch-all' ? null : endpoint
    return {
      from: 'deliveries WHERE endpoint_id IS ? AND verdict = ? AND repeated = ?',
      values: pairs.map((pair) => [endpointId, ...pair]),
    }
  }
  if (filter.verdicts === undefined && duplicates === undefined) {
    return { from: 'deliveries WHERE true', values: [[]] }
  }
  return { from: 'deliveries WHERE verdict = ? AND repeated = ?', values: pairs }
}

export function deliveryList(db: Database): DeliveryList {
  const row = db.prepare<[number], StoredRow>(
    `SELECT ${ROW_COLUMNS} ${FROM_DELIVERIES} WHERE deliveries.id = ?`,
  )

  /** At most `limit` ids, from the end of the span that the page starts at. */
  function ids({ filter, before, after, limit }: ListQuery): number[] {
    const { from, values } = prefixes(filter)
    const upwards = after !== null && after !== undefined
    const statement = db
      .prepare<unknown[], number>(
        `SELECT id FROM ${from} AND id > ? AND id < ? ORDER BY id ${upwards ? 'ASC' : 'DESC'} LIMIT ?`,
      )
      .pluck()
    const span = [after ?? 0, before ?? Number.MAX_SAFE_INTEGER, limit]
    const found = values.flatMap((prefix) => statement.all([...prefix, ...span]))
    return found.sort((a, b) => (upwards ? a - b : b - a)).slice(0, limit)
  }

  const list = db.transaction((query: ListQuery): { rows: DeliveryRow[]; hasMore: boolean } => {
    const found = ids({ ...query, limit: query.limit + 1 })
    const page = found.slice(0, query.limit).sort((a, b) => b - a)
    const rows = page.flatMap((id) => {
      const stored = row.get(id)
      return stored === undefined ? [] : [toRow(stored)]
    })
    return { rows, hasMore: found.length > query.limit }
  })

  const count = db.transaction((filter: DeliveryFilter, cap: number): CappedCount => {
    const { from, values } = prefixes(filter)
    const statement = db
      .prepare<unknown[], number>(`SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ?)`)
      .pluck()
    let total = 0
    for (const prefix of values) total += statement.get([...prefix, cap + 1 - total]) ?? 0
    return { count: Math.min(total, cap), capped: total > cap }
  })

  return { list: (query) => list(query), count: (filter, cap = COUNT_CAP) => count(filter, cap) }
}
