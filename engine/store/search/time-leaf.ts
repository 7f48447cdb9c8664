import type { Range } from '#contract/filter/filter.ts'
import { facetLeaf } from './facet-test.ts'
import type { Leaf, Snapshot } from './leaf.ts'
import { conditionOn } from './ranges.ts'

const HOUR_MS = 3_600_000

const hour = (ms: number | null) => (ms === null ? null : Math.floor(ms / HOUR_MS))

/** Received within a range. Clocks may step back: the hours only say where ids can be. */
export function timeLeaf(snapshot: Snapshot, range: Range): Leaf {
  const found = snapshot.db
    .prepare<(number | null)[], { first: number | null; last: number | null }>(
      `SELECT min(first_id) AS first, max(last_id) AS last FROM receipt_hours
       WHERE hour >= coalesce(?, hour) AND hour <= coalesce(?, hour)`,
    )
    .get(hour(range.from), hour(range.to))
  const bounds = { first: found?.first ?? 0, last: found?.last ?? -1 }
  return facetLeaf(snapshot, conditionOn('received_at_ms', [range]), { bounds })
}
