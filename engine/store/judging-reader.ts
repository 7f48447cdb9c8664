import type { Database } from 'better-sqlite3'
import type { CaptureProblem } from '#contract/delivery.ts'
import type { Verdict } from '#contract/verdict.ts'
import type { BodyReader } from './body-reader.ts'
import { parseHeaders } from './delivery-rows.ts'
import type { JudgingInput, PendingJudgement } from './types.ts'

interface StoredInput {
  id: number
  endpointId: number | null
  receivedAtMs: number
  method: string
  target: string
  rawHeaders: string
  problem: CaptureProblem | null
  problemDetail: string | null
  verdict: Verdict
  judgedRevision: number
}

export interface JudgingReader {
  /** Deliveries judged with an older revision than `revision`, newest first. */
  toJudge(query: {
    endpointId: number
    revision: number
    before?: number | null | undefined
    limit: number
  }): PendingJudgement[]
  /** How many deliveries each endpoint still has to be judged anew; none: not listed. */
  pendingJudgements(): { endpointId: number; revision: number; pending: number }[]
  judgingInput(id: number): JudgingInput | null
}

export function judgingReader(db: Database, bodies: BodyReader): JudgingReader {
  const olderRevision = db
    .prepare<[number, number], number | null>(
      'SELECT max(judged_revision) FROM deliveries WHERE endpoint_id = ? AND judged_revision < ?',
    )
    .pluck()
  const judgedWith = db.prepare<[number, number, number, number], PendingJudgement>(
    `SELECT id, judged_revision AS judgedRevision, body_byte_length AS bodyByteLength
     FROM deliveries WHERE endpoint_id = ? AND judged_revision = ? AND id < ?
     ORDER BY id DESC LIMIT ?`,
  )
  const pending = db.prepare<[], { endpointId: number; revision: number; pending: number }>(
    `SELECT id AS endpointId, revision, (
       SELECT count(*) FROM deliveries
       WHERE endpoint_id = endpoints.id AND judged_revision < revision) AS pending
     FROM endpoints WHERE removed_at_ms IS NULL`,
  )
  const input = db.prepare<[number], StoredInput>(
    `SELECT id, endpoint_id AS endpointId, received_at_ms AS receivedAtMs, method, target,
       raw_headers AS rawHeaders, problem, problem_detail AS problemDetail, verdict,
       judged_revision AS judgedRevision FROM deliveries WHERE id = ?`,
  )

  const toJudge = db.transaction(
    (endpointId: number, revision: number, before: number, limit: number): PendingJudgement[] => {
      // One run of ids per older revision, of which there are few: never a sort of all that waits.
      const found: PendingJudgement[] = []
      let older = olderRevision.get(endpointId, revision) ?? null
      while (older !== null) {
        found.push(...judgedWith.all(endpointId, older, before, limit))
        older = olderRevision.get(endpointId, older) ?? null
      }
      return found.sort((a, b) => b.id - a.id).slice(0, limit)
    },
  )

  return {
    toJudge: ({ endpointId, revision, before, limit }) =>
      toJudge(endpointId, revision, before ?? Number.MAX_SAFE_INTEGER, limit),
    pendingJudgements: () => pending.all().filter((endpoint) => endpoint.pending > 0),
    judgingInput: (id) => {
      const stored = input.get(id)
      const body = bodies.bodyInfo(id)
      if (stored === undefined || body === null) return null
      const { method, target, rawHeaders, ...rest } = stored
      return { ...rest, head: { method, target, rawHeaders: parseHeaders(rawHeaders) }, body }
    },
  }
}
