import type { Database } from 'better-sqlite3'
import type { RawHeader } from '#contract/http.ts'
import type { Replay } from '#contract/replay.ts'

interface StoredReplay {
  id: number
  origin: Replay['origin']
  deliveryId: number
  batchId: number | null
  composedId: number | null
  changed: string
  startedAtMs: number
  url: string
  resigned: number
  messageId: string | null
  arrivedAsDeliveryId: number | null
  method: string
  target: string
  rawHeaders: string
  bodyByteLength: number
  error: string | null
  answerStatus: number | null
  answerStatusMessage: string | null
  answerHeaders: string | null
  answerBodyByteLength: number | null
  answer: Buffer | null
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
  totalMs: number | null
}

const SELECT = `SELECT id, origin, delivery_id AS deliveryId, batch_id AS batchId,
  composed_id AS composedId, changed, started_at_ms AS startedAtMs, url, resigned,
  message_id AS messageId, arrived_as_delivery_id AS arrivedAsDeliveryId, method, target,
  raw_headers AS rawHeaders, body_byte_length AS bodyByteLength, error,
  answer_status AS answerStatus, answer_status_message AS answerStatusMessage,
  answer_headers AS answerHeaders, answer_body_byte_length AS answerBodyByteLength,
  dns_ms AS dnsMs, connect_ms AS connectMs, tls_ms AS tlsMs, first_byte_ms AS firstByteMs, total_ms AS totalMs, answer
  FROM replays LEFT JOIN replay_bodies ON replay_id = id`

/** What was composed here is no delivery's: ids of deliveries begin at 1. */
export const NO_DELIVERY = 0

export interface ReplaysReader {
  get(id: number): Replay | null
  /** Newest first. */
  list(query: { deliveryId?: number | undefined; limit: number }): Replay[]
  /** The body that was sent; `'as-delivered'` when it is the delivery's, `null`: no such replay. */
  requestBody(id: number): Uint8Array | 'as-delivered' | null
}

export function replaysReader(db: Database): ReplaysReader {
  const get = db.prepare<[number], StoredReplay>(`${SELECT} WHERE id = ?`)
  const all = db.prepare<[number], StoredReplay>(`${SELECT} ORDER BY id DESC LIMIT ?`)
  const ofDelivery = db.prepare<[number, number], StoredReplay>(
    `${SELECT} WHERE delivery_id = ? ORDER BY id DESC LIMIT ?`,
  )
  const body = db.prepare<[number], { request: Buffer | null }>(
    'SELECT request FROM replays LEFT JOIN replay_bodies ON replay_id = id WHERE id = ?',
  )
  return {
    get: (id) => {
      const stored = get.get(id)
      return stored === undefined ? null : toReplay(stored)
    },
    list: ({ deliveryId, limit }) =>
      (deliveryId === undefined ? all.all(limit) : ofDelivery.all(deliveryId, limit)).map(toReplay),
    requestBody: (id) => {
      const row = body.get(id)
      return row === undefined ? null : (row.request ?? 'as-delivered')
    },
  }
}

function toReplay(stored: StoredReplay): Replay {
  const rawHeaders: RawHeader[] = JSON.parse(stored.rawHeaders)
  const changed: string[] = JSON.parse(stored.changed)
  const {
    id,
    origin,
    batchId,
    composedId,
    startedAtMs,
    url,
    messageId,
    arrivedAsDeliveryId,
    error,
  } = stored
  const { method, target, bodyByteLength, totalMs } = stored
  const { dnsMs, connectMs, tlsMs, firstByteMs } = stored
  return {
    id,
    origin,
    deliveryId: stored.deliveryId === NO_DELIVERY ? null : stored.deliveryId,
    batchId,
    composedId,
    startedAtMs,
    url,
    resigned: stored.resigned === 1,
    changed,
    messageId,
    arrivedAsDeliveryId,
    request: { method, target, rawHeaders, bodyByteLength },
    answer: toAnswer(stored),
    error,
    timings: totalMs === null ? null : { dnsMs, connectMs, tlsMs, firstByteMs, totalMs },
  }
}

function toAnswer(stored: StoredReplay): Replay['answer'] {
  if (stored.answerStatus === null) return null
  const rawHeaders: RawHeader[] = JSON.parse(stored.answerHeaders ?? '[]')
  const kept = stored.answer ?? new Uint8Array()
  const bodyByteLength = stored.answerBodyByteLength ?? kept.byteLength
  return {
    status: stored.answerStatus,
    statusMessage: stored.answerStatusMessage ?? '',
    rawHeaders,
    // Without `ignoreBOM` a byte order mark, which the answer did have, would be dropped.
    bodyText: new TextDecoder('utf-8', { ignoreBOM: true }).decode(kept),
    bodyByteLength,
    truncated: bodyByteLength > kept.byteLength,
  }
}
