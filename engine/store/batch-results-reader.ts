import type { Database } from 'better-sqlite3'

/** One request of a bulk replay, without headers and bodies. */
export interface BatchResult {
  id: number
  deliveryId: number
  startedAtMs: number
  method: string
  target: string
  url: string
  resigned: number
  messageId: string | null
  /** `null`: no answer came, or it is still under way. */
  status: number | null
  error: string | null
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
  totalMs: number | null
  answerByteLength: number | null
  arrivedAsDeliveryId: number | null
}

export interface BatchResultsReader {
  /** In the order in which they were begun. */
  batchResults(query: { batchId: number; afterId: number; limit: number }): BatchResult[]
}

export function batchResultsReader(db: Database): BatchResultsReader {
  const page = db.prepare<[{ batchId: number; afterId: number; limit: number }], BatchResult>(
    `SELECT id, delivery_id AS deliveryId, started_at_ms AS startedAtMs, method, target, url,
       resigned, message_id AS messageId, answer_status AS status, error, dns_ms AS dnsMs,
       connect_ms AS connectMs, tls_ms AS tlsMs, first_byte_ms AS firstByteMs, total_ms AS totalMs,
       answer_body_byte_length AS answerByteLength, arrived_as_delivery_id AS arrivedAsDeliveryId
     FROM replays WHERE batch_id = @batchId AND id > @afterId ORDER BY id LIMIT @limit`,
  )
  return { batchResults: (query) => page.all(query) }
}
