import type { Database } from 'better-sqlite3'
import type { Forward } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import { ANSWER_BODY_LIMIT, replaysTable } from './replays-table.ts'
import type { NewForward, NewReplayRow, ReplayOutcome, ReplayTimings } from './types.ts'

/** The endpoint of what no endpoint takes: ids of endpoints begin at 1. */
export const CATCH_ALL = 0

/** Where forwards wait: one queue for each target of each endpoint. */
export interface Lane {
  endpointId: number
  url: string
}

/** One that is due: which, of which delivery, how often it was tried, how much it is. */
export interface DueForward {
  id: number
  deliveryId: number
  attempts: number
  bodyByteLength: number
}

/** What became of a forward, and what its sender hears because of it. */
export interface SettledForward {
  id: number
  deliveryId: number
  state: Forward['state']
  /** Unix milliseconds; `null` unless it waits. */
  nextAtMs: number | null
  /** One sentence. */
  detail: string | null
  /** The attempt; `null`: none was made. */
  attempt: {
    replay: NewReplayRow
    /** The row that was written before it was sent, if one was. */
    replayId: number | null
    outcome: ReplayOutcome
    timings: ReplayTimings | null
  } | null
  /** The answer of the delivery, if it hung on this. */
  answer: { status: number; rawHeaders: readonly RawHeader[]; body: Uint8Array } | null
}

export interface ForwardsTable {
  /** Writes outcomes in one transaction; those whose delivery is gone meanwhile leave nothing. */
  settle(settled: readonly SettledForward[]): void
  /** Due by then, in the order in which they are sent. */
  due(lane: Lane, nowMs: number, limit: number): DueForward[]
  /** When the next of a lane is due after that; `null`: nothing is. */
  nextAtMs(lane: Lane, afterMs: number): number | null
  /** Every lane in which something waits. */
  lanes(): Lane[]
  /** Closes what a crash left behind with its sender unanswered. Run once per start. */
  closeInterrupted(detail: string): number
  get(id: number): Forward | null
  /** Whether any waits or failed. */
  any(): boolean
  /**
   * The clock was set: what waits for its next attempt waits as long as it would have.
   * @returns the last id that was looked at, to go on behind; `null`: that was all
   */
  shift(byMs: number, afterId: number, limit: number): number | null
  /** Waits or failed, and is sent now. @returns how many, at most `limit` */
  wake(which: { id: number } | { endpointId: number }, nowMs: number, limit: number): number
  /** Given up. @returns how many, at most `limit` */
  drop(which: { id: number } | { endpointId: number } | Lane, detail: string, limit: number): number
}

/** A forward as the contract has it. */
export const FORWARD_COLUMNS = `id, delivery_id AS deliveryId, endpoint_id AS endpointId, url, state, attempts,
  next_at_ms AS nextAtMs, last_replay_id AS lastReplayId, detail`

/** Writes the forwards of a delivery within its transaction; returns their ids. */
export function newForwards(db: Database) {
  const insert = db.prepare(
    `INSERT INTO forwards (delivery_id, endpoint_id, url, state, before_answer, next_at_ms, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  return (
    deliveryId: number,
    endpointId: number | null,
    forwards: readonly NewForward[],
  ): number[] =>
    forwards.map(({ url, state, nextAtMs, detail }) => {
      const beforeAnswer = Number(state === 'sending')
      const of = [deliveryId, endpointId ?? CATCH_ALL, url]
      const { lastInsertRowid } = insert.run(...of, state, beforeAnswer, nextAtMs, detail)
      return Number(lastInsertRowid)
    })
}

export function forwardsTable(db: Database): ForwardsTable {
  const due = db.prepare<[number, string, number, number], DueForward>(
    `SELECT forwards.id, delivery_id AS deliveryId, attempts,
       coalesce(body_byte_length, 0) AS bodyByteLength
     FROM forwards LEFT JOIN deliveries ON deliveries.id = delivery_id
     WHERE state = 'waiting' AND forwards.endpoint_id = ? AND url = ? AND next_at_ms <= ?
     ORDER BY next_at_ms, forwards.id LIMIT ?`,
  )
  const next = db
    .prepare<[number, string, number], number>(
      `SELECT next_at_ms FROM forwards
       WHERE state = 'waiting' AND endpoint_id = ? AND url = ? AND next_at_ms > ?
       ORDER BY next_at_ms LIMIT 1`,
    )
    .pluck()
  const get = db.prepare<[number], Forward>(`SELECT ${FORWARD_COLUMNS} FROM forwards WHERE id = ?`)
  const open = db.prepare<[], 1>(
    `SELECT 1 FROM forwards WHERE state IN ('waiting', 'sending', 'failed') LIMIT 1`,
  )
  const interrupted = db.prepare(
    `UPDATE forwards SET state = 'failed', next_at_ms = NULL, detail = ? WHERE state = 'sending'`,
  )
  return {
    settle: settler(db),
    due: ({ endpointId, url }, nowMs, limit) => due.all(endpointId, url, nowMs, limit),
    nextAtMs: ({ endpointId, url }, afterMs) => next.get(endpointId, url, afterMs) ?? null,
    lanes: () => lanesOf(db),
    closeInterrupted: (detail) => interrupted.run(detail).changes,
    get: (id) => get.get(id) ?? null,
    any: () => open.get() !== undefined,
    shift: shifting(db),
    ...queueChanges(db),
  }
}

function settler(db: Database): ForwardsTable['settle'] {
  const replays = replaysTable(db)
  const exists = db.prepare<[number], 1>('SELECT 1 FROM forwards WHERE id = ?').pluck()
  // Given up while it was under way: it is not tried again.
  const change = db.prepare(
    `UPDATE forwards SET
       state = iif(state = 'dropped' AND @state = 'waiting', 'dropped', @state),
       next_at_ms = iif(state = 'dropped', NULL, @nextAtMs), detail = @detail,
       attempts = attempts + @tried, last_replay_id = coalesce(@replayId, last_replay_id)
     WHERE id = @id`,
  )
  const answered = db.prepare(
    `UPDATE deliveries SET status_answered = ?, answer_headers = ?, answer_body = ?,
       answered_by = 'forward', answer_replay_id = ? WHERE id = ?`,
  )
  const settleOne = (one: SettledForward) => {
    if (exists.get(one.id) === undefined) return
    const { id, deliveryId, state, nextAtMs, detail, attempt, answer } = one
    let replayId: number | null = null
    if (attempt) {
      replayId = attempt.replayId ?? replays.insert({ ...attempt.replay, forwardId: id })
      replays.finish(replayId, attempt.outcome, attempt.timings)
    }
    change.run({ id, state, nextAtMs, detail, replayId, tried: attempt === null ? 0 : 1 })
    if (!answer) return
    const { status, rawHeaders, body } = answer
    const headers = rawHeaders.length === 0 ? null : JSON.stringify(rawHeaders)
    const kept = body.byteLength === 0 ? null : body.subarray(0, ANSWER_BODY_LIMIT)
    answered.run(status, headers, kept, replayId, deliveryId)
  }
  const all = db.transaction((settled: readonly SettledForward[]) => settled.forEach(settleOne))
  return (settled) => all.immediate(settled)
}

/** One step of the index for each lane, however many wait in it. */
function lanesOf(db: Database): Lane[] {
  const following = db.prepare<[number, string], Lane>(
    `SELECT endpoint_id AS endpointId, url FROM forwards
     WHERE state = 'waiting' AND (endpoint_id, url) > (?, ?)
     ORDER BY endpoint_id, url LIMIT 1`,
  )
  const found: Lane[] = []
  for (let at = following.get(-1, ''); at; at = following.get(at.endpointId, at.url)) found.push(at)
  return found
}

/** Moves the times of attempts to come by what the clock was set. */
function shifting(db: Database): ForwardsTable['shift'] {
  const upTo = db
    .prepare<[number, number], number | null>(
      `SELECT max(id) FROM (SELECT id FROM forwards WHERE state = 'waiting' AND id > ?
         ORDER BY id LIMIT ?)`,
    )
    .pluck()
  const move = db.prepare(
    `UPDATE forwards SET next_at_ms = next_at_ms + @byMs
     WHERE state = 'waiting' AND id > @afterId AND id <= @last`,
  )
  return (byMs, afterId, limit) => {
    const last = upTo.get(afterId, limit) ?? null
    if (last !== null) move.run({ byMs: Math.round(byMs), afterId, last })
    return last
  }
}

function queueChanges(db: Database): Pick<ForwardsTable, 'wake' | 'drop'> {
  const changing = (set: string, state: string, where: string) =>
    db.prepare(
      `UPDATE forwards SET ${set} WHERE id IN
         (SELECT id FROM forwards WHERE state = '${state}' AND ${where} LIMIT @limit)`,
    )
  const WAKE = `state = 'waiting', next_at_ms = @nowMs`
  const DROP = `state = 'dropped', next_at_ms = NULL, detail = @detail`
  const changes = (set: string, state: string, extra = '') => ({
    one: changing(set, state, `id = @id${extra}`),
    endpoint: changing(set, state, `endpoint_id = @endpointId${extra}`),
    lane: changing(set, state, `endpoint_id = @endpointId AND url = @url${extra}`),
  })
  const wakeFailed = changes(WAKE, 'failed')
  const wakeWaiting = changes(WAKE, 'waiting', ' AND next_at_ms > @nowMs')
  const dropWaiting = changes(DROP, 'waiting')
  const dropFailed = changes(DROP, 'failed')
  const pick = (of: ReturnType<typeof changes>, which: object) =>
    'id' in which ? of.one : 'url' in which ? of.lane : of.endpoint
  return {
    wake(which, nowMs, limit) {
      const first = pick(wakeWaiting, which).run({ ...which, nowMs, limit }).changes
      if (first >= limit) return first
      return first + pick(wakeFailed, which).run({ ...which, nowMs, limit: limit - first }).changes
    },
    drop(which, detail, limit) {
      const first = pick(dropWaiting, which).run({ ...which, detail, limit }).changes
      if (first >= limit || 'url' in which) return first
      const { changes: more } = pick(dropFailed, which).run({
        ...which,
        detail,
        limit: limit - first,
      })
      return first + more
    },
  }
}
