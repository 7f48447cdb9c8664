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
  dns_ms AS dnsMs, connect_ms AS connectMs, tls_ms AS tlsMs, first_byte_ms AS firstByteMs, total_ms AS totalMs`
const FROM = 'FROM replays LEFT JOIN replay_bodies ON replay_id = id'
/** Of each answer in a list so much of the body is told. */
const LISTED_ANSWER_BYTES = 64 * 1024

/** What was composed here is no delivery's: ids of deliveries begin at 1. */
export const NO_DELIVERY = 0

export interface ReplaysQuery {
  deliveryId?: number | undefined
  batchId?: number | undefined
  origin?: Replay['origin'] | undefined
  /** Only those of no batch. */
  single?: boolean
  /** Only those without an answer, or with 4xx or 5xx; looked for among those of a batch. */
  failed?: boolean
  /** Only those before this id. */
  beforeId?: number | undefined
  limit: number
}

export interface ReplaysReader {
  get(id: number): Replay | null
  /** Newest first; of each answer's body at most the first 64 KiB. */
  list(query: ReplaysQuery): Replay[]
  /** The body that was sent; `'as-delivered'` when it is the delivery's, `null`: no such replay. */
  requestBody(id: number): Uint8Array | 'as-delivered' | null
}

export function replaysReader(db: Database): ReplaysReader {
  const get = db.prepare<[number], StoredReplay>(`${SELECT}, answer ${FROM} WHERE id = ?`)
  const body = db.prepare<[number], { request: Buffer | null }>(
    'SELECT request FROM replays LEFT JOIN replay_bodies ON replay_id = id WHERE id = ?',
  )
  return {
    get: (id) => {
      const stored = get.get(id)
      return stored === undefined ? null : toReplay(stored)
    },
    list: (query) => listed(db, query).map(toReplay),
    requestBody: (id) => {
      const row = body.get(id)
      return row === undefined ? null : (row.request ?? 'as-delivered')
    },
  }
}

/** Each question is served by an index or by the order of ids. */
function listed(db: Database, query: ReplaysQuery): StoredReplay[] {
  const { deliveryId, batchId, origin, failed = false, single = false, beforeId, limit } = query
  // The plus keeps the index of origins out where another one finds few.
  const few = deliveryId !== undefined || batchId !== undefined
  const conditions = [
    ...(deliveryId === undefined ? [] : ['delivery_id = @deliveryId']),
    ...(batchId === undefined ? [] : ['batch_id = @batchId']),
    ...(origin === undefined ? [] : [`${few ? '+' : ''}origin = @origin`]),
    ...(single ? ['batch_id IS NULL'] : []),
    ...(failed ? ['(answer_status >= 400 OR error IS NOT NULL)'] : []),
    ...(beforeId === undefined ? [] : ['id < @beforeId']),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const sql = `${SELECT}, substr(answer, 1, ${LISTED_ANSWER_BYTES}) AS answer
    ${FROM} ${where} ORDER BY id DESC LIMIT @limit`
  return db
    .prepare<[Record<string, unknown>], StoredReplay>(sql)
    .all({ deliveryId, batchId, origin, beforeId, limit })
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
