import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { NO_DELIVERY, replaysReader, type ReplaysReader } from './replays-reader.ts'
import type { NewReplayRow, ReplayOutcome, ReplayTimings } from './types.ts'

/** Bytes of an answer's body that are kept. */
export const ANSWER_BODY_LIMIT = 1024 * 1024

export interface ReplaysTable extends ReplaysReader {
  /** @returns the id of the replay, before anything is sent */
  insert(replay: NewReplayRow): number
  finish(id: number, outcome: ReplayOutcome, timings: ReplayTimings | null): void
  /** Runs several writes in one transaction: all of them are stored, or none. */
  together<T>(write: () => T): T
  /** It went into our own listener and became this delivery. */
  markArrived(id: number, deliveryId: number): void
}

const INSERT = `INSERT INTO replays (delivery_id, origin, batch_id, composed_id, forward_id, changed,
  started_at_ms, url, resigned, message_id, method, target, raw_headers, body_byte_length)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const FINISH = `UPDATE replays SET error = ?, answer_status = ?, answer_status_message = ?,
  answer_headers = ?, answer_body_byte_length = ?, dns_ms = ?, connect_ms = ?, tls_ms = ?, first_byte_ms = ?, total_ms = ?
  WHERE id = ?`

export function replaysTable(db: Database): ReplaysTable {
  const insertRow = db.prepare(INSERT)
  const finishRow = db.prepare(FINISH)
  const arrived = db.prepare('UPDATE replays SET arrived_as_delivery_id = ? WHERE id = ?')
  const keepRequest = db.prepare('INSERT INTO replay_bodies (replay_id, request) VALUES (?, ?)')
  const keepAnswer = db.prepare(
    // Its delivery may have been deleted while it was under way, and it with that.
    `INSERT INTO replay_bodies (replay_id, answer) SELECT id, @answer FROM replays WHERE id = @id
     ON CONFLICT (replay_id) DO UPDATE SET answer = excluded.answer`,
  )
  const delivered = db.prepare<[number], { sha256: Buffer; byteLength: number }>(
    'SELECT body_sha256 AS sha256, body_byte_length AS byteLength FROM deliveries WHERE id = ?',
  )

  const insert = db.transaction((replay: NewReplayRow): number => {
    const deliveryId = replay.deliveryId ?? NO_DELIVERY
    const original = delivered.get(deliveryId)
    const { body } = replay
    const length = body === 'as-delivered' ? (original?.byteLength ?? 0) : body.byteLength
    const { lastInsertRowid } = insertRow.run(
      deliveryId,
      replay.origin,
      replay.batchId ?? null,
      replay.composedId ?? null,
      replay.forwardId ?? null,
      JSON.stringify(replay.changed ?? []),
      replay.startedAtMs,
      replay.url,
      Number(replay.resigned),
      replay.messageId,
      replay.method,
      replay.target,
      JSON.stringify(replay.rawHeaders),
      length,
    )
    const id = Number(lastInsertRowid)
    if (body !== 'as-delivered' && !isBodyOf(original, body)) keepRequest.run(id, body)
    return id
  })

  const finish = db.transaction(
    (id: number, outcome: ReplayOutcome, timings: ReplayTimings | null) => {
      const answer = 'answer' in outcome ? outcome.answer : null
      finishRow.run(
        'error' in outcome ? outcome.error : null,
        answer?.status ?? null,
        answer?.statusMessage ?? null,
        answer === null ? null : JSON.stringify(answer.rawHeaders),
        answer === null ? null : (answer.bodyByteLength ?? answer.body.byteLength),
        timings?.dnsMs ?? null,
        timings?.connectMs ?? null,
        timings?.tlsMs ?? null,
        timings?.firstByteMs ?? null,
        timings?.totalMs ?? null,
        id,
      )
      const kept = answer?.body.subarray(0, ANSWER_BODY_LIMIT)
      if (kept !== undefined && kept.byteLength > 0) keepAnswer.run({ id, answer: kept })
    },
  )

  return {
    ...replaysReader(db),
    insert: (replay) => insert.immediate(replay),
    finish: (id, outcome, timings) => {
      finish.immediate(id, outcome, timings)
    },
    together: (write) => db.transaction(write).immediate(),
    markArrived: (id, deliveryId) => {
      arrived.run(deliveryId, id)
    },
  }
}

/** A digest of a large body takes its time: only where the lengths leave it open. */
function isBodyOf(
  original: { sha256: Buffer; byteLength: number } | undefined,
  body: Uint8Array,
): boolean {
  return original?.byteLength === body.byteLength && sha256(body).equals(original.sha256)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
