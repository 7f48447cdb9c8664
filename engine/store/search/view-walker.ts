import type { Database } from 'better-sqlite3'
import type { BodyReader } from '#engine/store/body-reader.ts'
import type { Condition, Leaf, Snapshot } from './leaf.ts'
import { planStream } from './plan.ts'
import { readConditions } from './read-conditions.ts'
import { type Run, RunStream } from './runs.ts'
import { StoredParts } from './stored-parts.ts'
import { TailText } from './tail-text.ts'
import type { SearchOptions, Span, View } from './types.ts'
import { sortedBy, ValueOrder } from './value-order.ts'
import { ValueWalk } from './value-walk.ts'
import { Vocabulary } from './vocabulary.ts'
import { TimeWalk, type Walk } from './walk.ts'

/**
 * Makes the walk over what a view shows.
 * @returns a function that takes the view, where to begin and end, and whether to go against the
 *   view's order: then it begins at `before`
 */
export function viewWalker(db: Database, bodies: BodyReader, options: SearchOptions) {
  const snapshotOf = snapshots(db, bodies, options)
  const anyRemoved = db.prepare('SELECT 1 FROM removed LIMIT 1')
  return (view: View, span: Span, against: boolean): Walk => {
    const { sort = 'time', ascending = false, grouped = false } = view
    const snapshot = snapshotOf(ascending === against)
    const conditions: Condition[] = [readConditions(snapshot, view)]
    const someRemoved = anyRemoved.get() !== undefined
    if (someRemoved) conditions.push({ kind: 'not', of: removedLeaf(snapshot) })
    if (grouped) conditions.push(newestAttempt(snapshot, someRemoved))
    const condition = flattened(conditions)
    const [start = null, end = null] = against
      ? [span.before, span.after]
      : [span.after, span.before]
    if (sort === 'time') {
      const ids = { start: start?.id ?? null, end: end?.id ?? null }
      return new TimeWalk(planStream(snapshot, condition), snapshot.descending, ids)
    }
    const column = sortedBy[sort]
    const order = new ValueOrder(db, column, snapshot.descending)
    return new ValueWalk({ snapshot, order, column, condition, against, start, end })
  }
}

function snapshots(db: Database, bodies: BodyReader, { nowMs }: SearchOptions) {
  const tailText = new TailText(db, bodies)
  const vocabulary = new Vocabulary(db)
  const parts = new StoredParts(db, bodies)
  const indexedTo = db.prepare<[], number>('SELECT indexed_to FROM search_state').pluck()
  const lastFacets = db.prepare<[], number | null>('SELECT max(id) FROM facets').pluck()
  const firstIndexed = db.prepare<[], number | null>('SELECT min(id) FROM facets').pluck()
  return (descending: boolean): Snapshot => {
    const indexed = indexedTo.get() ?? 0
    return {
      db,
      parts,
      tailText,
      vocabulary,
      descending,
      indexedTo: indexed,
      facetsTo: Math.max(indexed, lastFacets.get() ?? 0),
      firstIndexed: firstIndexed.get() ?? 1,
      nowMs: nowMs ?? (() => performance.now()),
    }
  }
}

function flattened(conditions: readonly Condition[]): Condition {
  const of = conditions.flatMap((one) => (one.kind === 'all' ? one.of : [one]))
  const [only] = of
  return of.length === 1 && only ? only : { kind: 'all', of }
}

/** Removed, and still in the file for a while. */
function removedLeaf({ db, descending }: Snapshot): Leaf {
  const one = db.prepare<[number]>('SELECT 1 FROM removed WHERE delivery_id = ?')
  const run: Run = { table: 'removed', id: 'delivery_id', where: 'true', values: [] }
  return {
    kind: 'leaf',
    cost: 0,
    holds: (id) => one.get(id) !== undefined,
    candidates: () => ({
      stream: new RunStream(db, [run], descending),
      exact: true,
      whole: true,
    }),
  }
}

const IS_REMOVED = 'IN (SELECT delivery_id FROM removed)'
const BEHIND = 'deliveries.attempt = 0 OR deliveries.id <'
/**
 * What stands for a message whose newest attempt is being removed, as if it were gone: the newest
 * that is left, or all replays of ours where none is.
 */
const NEWEST_LEFT = `newest_id ${IS_REMOVED}
  AND NOT (first_id IS NOT NULL AND (${BEHIND} first_id) AND NOT first_id ${IS_REMOVED})
  AND NOT EXISTS (SELECT 1 FROM deliveries AS later
    WHERE later.message_ref = deliveries.message_ref AND later.attempt <> 1 AND later.attempt > 0
      AND (${BEHIND} later.id) AND NOT later.id ${IS_REMOVED})`

/** Stands for its message: the newest attempt, or one that belongs to no message. */
function newestAttempt(snapshot: Snapshot, someRemoved: boolean): Leaf {
  const table = 'deliveries LEFT JOIN messages ON messages.id = message_ref'
  const newest = 'newest_id IS NULL OR newest_id = deliveries.id'
  const where = someRemoved ? `${newest} OR (${NEWEST_LEFT})` : newest
  const one = snapshot.db.prepare<[number]>(
    `SELECT 1 FROM ${table} WHERE deliveries.id = ? AND (${where})`,
  )
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => one.get(id) !== undefined,
    scan: { table, id: 'deliveries.id', where, values: [] },
  }
}
