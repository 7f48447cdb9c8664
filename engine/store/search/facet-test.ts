import type { Database, Statement } from 'better-sqlite3'
import { pathOf } from '#contract/http.ts'
import type { Cost, Leaf, Snapshot, Sql } from './leaf.ts'

/** What `facets` will say of deliveries that are not indexed yet. */
const UNINDEXED = `(SELECT deliveries.id, received_at_ms, endpoint_id, verdict, repeated,
  replay_id IS NOT NULL AS replay, status_answered AS status, body_byte_length AS size,
  skew_seconds AS skew, answered_at_ms - received_at_ms AS duration, scheme_id, event_type, method,
  countersign_path(target) AS path
  FROM deliveries LEFT JOIN delivery_times ON delivery_id = deliveries.id)`

/** Makes what the conditions call known to the connection; once. */
export function defineFunctions(db: Database): void {
  db.function('countersign_path', { deterministic: true }, (target: unknown) =>
    pathOf(String(target)),
  )
}

/** Looks at one delivery, where that is told by what `facets` holds. */
export function facetTest(snapshot: Snapshot, { text, values }: Sql): (id: number) => boolean {
  const { db, indexedTo } = snapshot
  let indexed: Statement<unknown[], 1> | null = null
  let other: Statement<unknown[], 1> | null = null
  const prepare = (table: string) =>
    db.prepare<unknown[], 1>(`SELECT 1 FROM ${table} WHERE id = ? AND (${text})`)
  return (id) => {
    const statement =
      id <= indexedTo ? (indexed ??= prepare('facets')) : (other ??= prepare(UNINDEXED))
    return statement.get(id, ...values) !== undefined
  }
}

/** A condition that compares facets and is found by no index. */
export function facetLeaf(snapshot: Snapshot, sql: Sql, more: Partial<Leaf> = {}): Leaf {
  const cost: Cost = 0
  return { kind: 'leaf', cost, sql, holds: facetTest(snapshot, sql), ...more }
}

export const NEVER: Leaf = {
  kind: 'leaf',
  cost: 0,
  sql: { text: '0', values: [] },
  holds: () => false,
}
