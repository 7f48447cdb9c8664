import type { Database } from 'better-sqlite3'

/** What a delivery is counted under: endpoint (or path of the catch-all), scheme, and id or body. */
export interface MessageKey {
  /** 0 for the catch-all. */
  endpointId: number
  /** The path without the query for the catch-all, else empty. */
  path: string
  schemeId: string
  /** The message id, or the digest of the body where the scheme has no ids. */
  key: string | Buffer
}

/** One message and what is known of its deliveries; replays of ours are in none of these. */
export interface MessageRow {
  id: number
  attempts: number
  firstId: number | null
  newestId: number | null
  newestRightId: number | null
  originalId: number | null
  /** 1 once the original's signature was found right. */
  originalRight: number
}

/** What classification needs of an earlier delivery. */
export interface EarlierDelivery {
  id: number
  receivedAtMs: number
  attempt: number
  bodySha256: Buffer
  signatureDigest: Buffer | null
  problem: string | null
}

const MESSAGE_COLUMNS = `id, attempts, first_id AS firstId, newest_id AS newestId,
  newest_right_id AS newestRightId, original_id AS originalId, original_right AS originalRight`

const SCAN_LIMIT = 2_000

export interface MessagesTable {
  find(key: MessageKey): MessageRow | undefined
  get(id: number): MessageRow | undefined
  /**
   * Inserts a message unless there is one of this key: most deliveries begin one, and looking first
   * would be a second walk through the index. It takes the id of the delivery that it begins with:
   * delivery ids are never reused.
   * @returns whether it is new
   */
  begin(row: MessageRow, key: MessageKey): boolean
  update(row: MessageRow): void
  delivery(id: number): EarlierDelivery | undefined
  /**
   * The first counted delivery of the message after `id` that came at `sinceMs` or later; looks at
   * 2,000 at most, for the time that a commit may take.
   */
  firstSince(message: number, id: number, sinceMs: number, onlyRight: boolean): number | null
  /** Whether a counted delivery after the first has these bytes under this signature. */
  hasRepeatWith(id: number, signatureDigest: Buffer, bodySha256: Buffer): boolean
}

export function messagesTable(db: Database): MessagesTable {
  const find = db.prepare<[string | Buffer, string, number, string], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages
     WHERE key = ? AND scheme_id = ? AND endpoint_id = ? AND path = ?`,
  )
  const get = db.prepare<[number], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id = ?`,
  )
  const insert = db.prepare(
    `INSERT INTO messages (id, endpoint_id, path, scheme_id, key, attempts, first_id, newest_id,
       newest_right_id, original_id, original_right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key, scheme_id, endpoint_id, path) DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE messages SET attempts = ?, first_id = ?, newest_id = ?, newest_right_id = ?,
       original_id = ?, original_right = ? WHERE id = ?`,
  )
  const delivery = db.prepare<[number], EarlierDelivery>(
    `SELECT id, received_at_ms AS receivedAtMs, attempt, body_sha256 AS bodySha256,
       signature_digest AS signatureDigest, problem FROM deliveries WHERE id = ?`,
  )
  const repeat = db.prepare<[number, Buffer, Buffer]>(
    `SELECT 1 FROM deliveries WHERE message_ref = ? AND signature_digest = ? AND body_sha256 = ?
       AND attempt <> 1 AND attempt > 0 LIMIT 1`,
  )
  const since = (condition: string) =>
    db
      .prepare<[number, number, number], number>(
        `SELECT id FROM (
           SELECT id, received_at_ms, verdict, verdict_at_receipt, attempt FROM deliveries
           WHERE message_ref = ? AND attempt <> 1 AND id > ? ORDER BY id LIMIT ${SCAN_LIMIT}
         ) WHERE received_at_ms >= ? AND attempt > 0 AND ${condition} ORDER BY id LIMIT 1`,
      )
      .pluck()
  const anySince = since('true')
  const rightSince = since(
    "(verdict IN ('valid', 'stale') OR verdict_at_receipt IN ('valid', 'stale'))",
  )
  return {
    find: (key) => find.get(key.key, key.schemeId, key.endpointId, key.path),
    get: (id) => get.get(id),
    begin: (row, key) =>
      insert.run(
        row.id,
        key.endpointId,
        key.path,
        key.schemeId,
        key.key,
        row.attempts,
        row.firstId,
        row.newestId,
        row.newestRightId,
        row.originalId,
        row.originalRight,
      ).changes === 1,
    update: (row) => {
      update.run(
        row.attempts,
        row.firstId,
        row.newestId,
        row.newestRightId,
        row.originalId,
        row.originalRight,
        row.id,
      )
    },
    delivery: (id) => delivery.get(id),
    firstSince: (message, id, sinceMs, onlyRight) =>
      (onlyRight ? rightSince : anySince).get(message, id, sinceMs) ?? null,
    hasRepeatWith: (id, signature, body) => repeat.get(id, signature, body) !== undefined,
  }
}
