import type { Database } from 'better-sqlite3'
import { idHash } from '#contract/overview-bins.ts'
import type { Overview, OverviewInput, RetryGap } from '#contract/overview.ts'
import { type DuplicateKind, verdicts } from '#contract/verdict.ts'
import { type OverviewRow, OverviewSums } from './overview-sums.ts'

/** A step looks at so many ids at a time (whole deliveries are wide) and ends soon after this. */
const SLICE_OF_FACETS = 1_000
const SLICE_OF_DELIVERIES = 300
const STEP_MS = 25
const MOST_BUCKETS = 180
/** Gaps told in one step; each costs three look-ups. */
const MOST_GAPS = 500
const HOUR_MS = 3_600_000

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * HOUR_MS
const niceSpans = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 7, 14, 28, 91].map((count) => count * DAY),
]

/** The smallest round span of which at most 180 cover the whole, in milliseconds. */
export function bucketSpan(wholeMs: number): number {
  const least = wholeMs / MOST_BUCKETS
  return niceSpans.find((span) => span >= least) ?? Math.ceil(least / (365 * DAY)) * 365 * DAY
}

/** What a step of the overview looks through: rows of `facets`, and those not yet in it. */
const FROM_FACETS = `SELECT id, received_at_ms, verdict, repeated, replay, size, skew, duration
  FROM facets WHERE id > ? AND id <= ? AND received_at_ms >= ? AND received_at_ms < ?`
const FROM_DELIVERIES = `SELECT id, received_at_ms, verdict, repeated, replay_id IS NOT NULL,
    body_byte_length, skew_seconds, answered_at_ms - received_at_ms
  FROM deliveries LEFT JOIN delivery_times ON delivery_id = id
  WHERE id > ? AND id <= ? AND received_at_ms >= ? AND received_at_ms < ?`

export interface OverviewReader {
  /** One step; see contract/overview.ts. */
  overview(input: OverviewInput): Overview
}

interface Span {
  fromMs: number
  toMs: number
  afterId: number
  lastId: number
  /** `facets` holds the deliveries up to this one. */
  indexedTo: number
}

export function overviewReader(db: Database): OverviewReader {
  const number = (sql: string) => db.prepare<unknown[], number | null>(sql).pluck()
  const indexed = number('SELECT indexed_to FROM search_state')
  const lastId = number('SELECT max(id) FROM deliveries')
  const boundsOfHours = db.prepare<[number, number], { first: number | null; last: number | null }>(
    `SELECT min(first_id) AS first, max(last_id) AS last FROM receipt_hours
     WHERE hour >= ? AND hour <= ?`,
  )
  const anyRemoved = number('SELECT EXISTS (SELECT 1 FROM removed)')
  const firstMoment = beginnings(db)
  const gapOf = retryGaps(db)

  /** The ids that can lie in the span; after `indexedTo` all of them. */
  function boundsOf(input: OverviewInput): Span {
    const indexedTo = indexed.get() ?? 0
    const fromMs = input.fromMs ?? firstMoment(input.endpoint) ?? input.toMs
    const hours = [Math.floor(fromMs / HOUR_MS), Math.floor((input.toMs - 1) / HOUR_MS)] as const
    const { first, last } = boundsOfHours.get(...hours) ?? { first: null, last: null }
    const newest = lastId.get() ?? 0
    const begin = first === null ? indexedTo : first - 1
    return {
      fromMs,
      toMs: input.toMs,
      afterId: Math.max(input.afterId, Math.min(begin, newest)),
      lastId: newest > indexedTo ? newest : Math.min(newest, last ?? 0),
      indexedTo,
    }
  }

  function sliceReader(input: OverviewInput) {
    const conditions = [
      ...(input.endpoint === null ? [] : [' AND endpoint_id IS ?']),
      ...(anyRemoved.get() === 1 ? [' AND id NOT IN (SELECT delivery_id FROM removed)'] : []),
    ].join('')
    const facets = db.prepare<unknown[], OverviewRow>(FROM_FACETS + conditions).raw()
    const deliveries = db.prepare<unknown[], OverviewRow>(FROM_DELIVERIES + conditions).raw()
    const endpoint =
      input.endpoint === null ? [] : [input.endpoint === 'catch-all' ? null : input.endpoint]
    return (after: number, to: number, { fromMs, toMs, indexedTo }: Span) =>
      (to <= indexedTo ? facets : deliveries).all(after, to, fromMs, toMs, ...endpoint)
  }

  const overview = db.transaction((input: OverviewInput): Overview => {
    const span = boundsOf(input)
    const bucketMs = input.bucketMs ?? bucketSpan(Math.max(1, span.toMs - span.fromMs))
    const readSlice = sliceReader(input)
    const sums = new OverviewSums(bucketMs)
    const repeated: [id: number, atMs: number][] = []
    const begunAt = performance.now()
    let at = span.afterId
    while (at < span.lastId && performance.now() - begunAt < STEP_MS) {
      const to =
        at < span.indexedTo
          ? Math.min(at + SLICE_OF_FACETS, span.lastId, span.indexedTo)
          : Math.min(at + SLICE_OF_DELIVERIES, span.lastId)
      for (const row of readSlice(at, to, span)) {
        sums.add(row)
        const [id, atMs, , isRepeated, replay] = row
        if (isRepeated === 1 && replay === 0) repeated.push([id, atMs])
      }
      at = to
    }
    return {
      fromMs: span.fromMs,
      bucketMs,
      buckets: sums.buckets(),
      skewSamples: sums.samples(),
      retryGaps: evenly(repeated).flatMap(([id, atMs]) => gapOf(id, atMs) ?? []),
      counted: sums.counted,
      lookedTo: at,
      lastId: span.lastId,
      hasMore: at < span.lastId,
    }
  })
  return { overview: (input) => overview(input) }
}

/** So many of them that looking them up takes bounded time, in their order. */
function evenly(repeated: [id: number, atMs: number][]): [id: number, atMs: number][] {
  if (repeated.length <= MOST_GAPS) return repeated
  repeated.sort(([a], [b]) => idHash(a) - idHash(b))
  return repeated.slice(0, MOST_GAPS).sort(([a], [b]) => a - b)
}

/** When the first delivery came, of all or of an endpoint; `null`: there is none. */
function beginnings(db: Database) {
  const earliestHour = db.prepare<[], number | null>('SELECT min(hour) FROM receipt_hours').pluck()
  const receipt = db
    .prepare<[number | null], number>('SELECT received_at_ms FROM deliveries WHERE id = ?')
    .pluck()
  const first = db.prepare<[], number | null>('SELECT min(id) FROM deliveries').pluck()
  // Every prefix of the index is in order of id.
  const firstOf = db
    .prepare<[number | null, string, number], number | null>(
      `SELECT min(id) FROM deliveries WHERE endpoint_id IS ? AND verdict = ? AND repeated = ?`,
    )
    .pluck()
  return (endpoint: OverviewInput['endpoint']): number | null => {
    if (endpoint === null) {
      const begun = receipt.get(first.get() ?? null)
      if (begun === undefined) return null
      // A clock that stepped back: an hour before the first delivery's.
      const hour = earliestHour.get() ?? null
      return hour !== null && (hour + 1) * HOUR_MS <= begun ? hour * HOUR_MS : begun
    }
    const endpointId = endpoint === 'catch-all' ? null : endpoint
    const ids = verdicts.flatMap((verdict) =>
      [0, 1].flatMap((repeated) => firstOf.get(endpointId, verdict, repeated) ?? []),
    )
    return ids.length === 0 ? null : (receipt.get(Math.min(...ids)) ?? null)
  }
}

interface Repetition {
  attempt: number | null
  kind: DuplicateKind | null
  message: number | null
}

/** How long after the attempt before it a delivery came; `null`: it is of no message. */
function retryGaps(db: Database) {
  const repetition = db.prepare<[number], Repetition>(
    `SELECT attempt, duplicate_kind AS kind, message_ref AS message
     FROM deliveries WHERE id = ?`,
  )
  const earlier = db
    .prepare<[number, number], number>(
      `SELECT received_at_ms FROM deliveries
       WHERE message_ref = ? AND attempt <> 1 AND id < ? AND attempt > 0 ORDER BY id DESC LIMIT 1`,
    )
    .pluck()
  const first = db
    .prepare<[number], number>(
      `SELECT received_at_ms FROM messages JOIN deliveries ON deliveries.id = first_id
       WHERE messages.id = ?`,
    )
    .pluck()
  return (id: number, atMs: number): RetryGap | null => {
    const found = repetition.get(id)
    if (!found || found.attempt === null || found.kind === null || found.message === null) {
      return null
    }
    const before = earlier.get(found.message, id) ?? first.get(found.message)
    if (before === undefined) return null
    const { attempt, kind } = found
    return { id, attempt, kind, atMs, gapMs: Math.max(0, atMs - before) }
  }
}
