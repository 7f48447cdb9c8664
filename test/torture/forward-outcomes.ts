import { expectNone } from './breach.ts'
import type { Answered } from './burst.ts'
import { sha256 } from './ledger.ts'
import { type Stored, withDatabase } from './stored.ts'

interface Outcome {
  state: string
  attempts: number
  status: number | null
  by: string | null
  answer: Buffer | null
  replayStatus: number | null
  replayError: string | null
}

/** An answer that was the target's, or told of it, lies in the database as it was given. */
export function expectOutcomes(
  dataDir: string,
  before: readonly Answered[],
  stored: readonly Stored[],
): void {
  const ids = new Map(stored.map(({ target, id }) => [target, id]))
  withDatabase(dataDir, (db) => {
    const find = db.prepare<[number], Outcome>(
      `SELECT forwards.state, attempts, status_answered AS status, answered_by AS "by",
         answer_body AS answer, replays.answer_status AS replayStatus, replays.error AS replayError
       FROM deliveries JOIN forwards ON forwards.delivery_id = deliveries.id
         LEFT JOIN replays ON replays.id = last_replay_id
       WHERE deliveries.id = ?`,
    )
    const wrong = before.flatMap(({ target, answer: { status, body } }) => {
      const outcome = find.get(ids.get(target) ?? 0)
      const isAsGiven =
        outcome?.status === status &&
        outcome.by === 'forward' &&
        sha256(outcome.answer ?? '') === sha256(body) &&
        (outcome.replayStatus !== null || outcome.replayError !== null) &&
        outcome.attempts >= 1 &&
        (status !== 200 || outcome.state === 'done')
      return isAsGiven ? [] : [{ target, status, text: body.toString(), outcome }]
    })
    expectNone('Answers of the target are not stored as they were given.', wrong)
  })
}

/** What was answered before it was sent on waits, or has its outcome. */
export function expectQueued(
  dataDir: string,
  behind: readonly Answered[],
  stored: readonly Stored[],
): void {
  const ids = new Map(stored.map(({ target, id }) => [target, id]))
  withDatabase(dataDir, (db) => {
    const find = db.prepare<[number], { state: string; attempts: number }>(
      'SELECT state, attempts FROM forwards WHERE delivery_id = ?',
    )
    const wrong = behind.flatMap(({ target }) => {
      const rows = find.all(ids.get(target) ?? 0)
      const [row] = rows
      const isKnown = row?.state === 'waiting' || (row?.state === 'done' && row.attempts > 0)
      return rows.length === 1 && isKnown ? [] : [{ target, rows }]
    })
    expectNone('Answered deliveries do not wait to be sent on.', wrong)
  })
}
