import type { Database } from 'better-sqlite3'
import { type Budget, startBudget } from './budget.ts'
import { kindsOf } from './conditions.ts'
import { Difference, Filtered, type IdStream, Known, Union } from './id-stream.ts'
import { kindRuns } from './kind-runs.ts'
import { findPage } from './list.ts'
import { rowReader } from './row-reader.ts'
import { MOST_RUNS, type Run, RunStream } from './runs.ts'
import { tallyWalk } from './tally.ts'
import type {
  DeliverySearch,
  IdsPage,
  IdsQuery,
  ListPage,
  ListQuery,
  SearchOptions,
  Span,
  Tally,
  TallyQuery,
  View,
  Wanted,
} from './types.ts'
import { TimeWalk, type Walk } from './walk.ts'

/** Counts stop here (design "Storage"). */
const COUNT_CAP = 10_000

/** Prepares finding on a connection; see DeliverySearch. */
export function openSearch(db: Database, options: SearchOptions = {}): DeliverySearch {
  const rows = rowReader(db)
  const streams = streamMaker(db)
  const walk = (view: View, span: Span, against: boolean): Walk => {
    const descending = !(view.ascending ?? false) !== against
    const [start, end] = against ? [span.before, span.after] : [span.after, span.before]
    const ids = { start: start?.id ?? null, end: end?.id ?? null }
    return new TimeWalk(streams(view, descending), descending, ids)
  }

  const list = (query: ListQuery): ListPage => {
    const budget = startBudget(options)
    const against = query.before !== undefined && query.after === undefined
    const { ids, ...page } = findPage(
      walk(query, query, against),
      query.skip ?? 0,
      query.limit,
      budget,
    )
    if (against) ids.reverse()
    return { ...page, rows: rows(ids, query.grouped ?? false) }
  }
  const tally = (query: TallyQuery): Tally =>
    tallyWalk(walk(query, query, false), query.sinceAnchor ?? 0, startBudget(options))
  const count = (wanted: Wanted, cap: number) =>
    countWalk(walk(wanted, {}, false), cap, startBudget(options))
  const ids = ({ below, limit, ...wanted }: IdsQuery): IdsPage => {
    const span = { after: { id: below, value: null } }
    const page = findPage(walk(wanted, span, false), 0, limit, startBudget(options))
    const last = page.ids[page.ids.length - 1]
    const searchedTo = page.searchedTo?.id ?? (page.hasMore ? (last ?? null) : null)
    return { ids: page.ids, searchedTo }
  }
  // Each call sees one state of the database.
  return {
    list: db.transaction(list),
    tally: db.transaction(tally),
    count: (wanted, cap = COUNT_CAP) => db.transaction(count)(wanted, cap),
    ids: db.transaction(ids),
  }
}

function countWalk(walk: Walk, cap: number, budget: Budget) {
  if (walk.jump?.(cap + 1)) return { count: cap, capped: true }
  let count = 0
  for (;;) {
    const step = walk.next(budget)
    if (step === 'end') return { count, capped: false }
    if (step === 'time' || count === cap) return { count, capped: true }
    count += 1
    if (budget.spent()) return { count, capped: true }
  }
}

/** Makes the stream of what a view shows. */
function streamMaker(db: Database) {
  const anyRemoved = db.prepare('SELECT 1 FROM removed LIMIT 1')
  const removed: Run = { table: 'removed', id: 'delivery_id', where: 'true', values: [] }
  const newest = newestAttempt(db)
  return (view: View, descending: boolean): IdStream => {
    const runs = kindRuns(kindsOf(view.filter))
    let stream: IdStream = runStream(db, runs, descending)
    if (anyRemoved.get() !== undefined) {
      stream = new Difference(stream, new RunStream(db, [removed], descending))
    }
    return view.grouped ? new Filtered(stream, newest) : stream
  }
}

function runStream(db: Database, runs: readonly Run[], descending: boolean): IdStream {
  if (runs.length === 0) return new Known([])
  if (runs.length <= MOST_RUNS) return new RunStream(db, runs, descending)
  const parts: IdStream[] = []
  for (let at = 0; at < runs.length; at += MOST_RUNS) {
    parts.push(new RunStream(db, runs.slice(at, at + MOST_RUNS), descending))
  }
  return new Union(parts)
}

/** Whether a delivery stands for its message: the newest attempt, or one without a message. */
function newestAttempt(db: Database): (id: number) => boolean {
  const newest = db
    .prepare<[number], number>(
      `SELECT newest_id IS NULL OR newest_id = deliveries.id
       FROM deliveries LEFT JOIN messages ON messages.id = message_ref WHERE deliveries.id = ?`,
    )
    .pluck()
  return (id) => newest.get(id) === 1
}
