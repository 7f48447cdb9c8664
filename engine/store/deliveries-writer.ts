import type { Database } from 'better-sqlite3'
import { pathOf } from '#contract/http.ts'
import { type Digests, placeDelivery, type Placement } from './duplicates.ts'
import { messagesTable } from './messages-table.ts'
import { packVerification } from './packed-verification.ts'
import { isBodyFileName } from './body-files.ts'
import { newForwards } from './forwards-table.ts'
import type { Committed, DeliveryTimes, NewDelivery } from './types.ts'

/** Of an answer's body so much is kept. */
const MOST_ANSWER_BYTES = 1024 * 1024

/** What every delivery has. */
const columns = [
  'id',
  'received_at_ms',
  'endpoint_id',
  'verdict',
  'verdict_at_receipt',
  'repeated',
  'judged_revision',
  'message_ref',
  'attempt',
  'signature_digest',
  'body_sha256',
  'body_byte_length',
  'method',
  'target',
  'scheme_id',
  'event_type',
  'message_id',
  'skew_seconds',
  'status_answered',
  'completed_at_ms',
  'remote_address',
  'remote_port',
  'http_version',
  'raw_headers',
  'verification_at_receipt',
  'matched_secret_id',
]

/** What is NULL in most rows: binding a value costs as much as storing one. */
const rareColumns = [
  'duplicate_kind',
  'original_id',
  'ordinal',
  'since_original_ms',
  'replay_id',
  'body_file',
  'catch_all_path',
  'problem',
  'problem_detail',
  'answer_headers',
  'raw_trailers',
  'challenge',
  'challenge_note',
  'answer_body',
  'answered_by',
  'answer_fault',
  'answer_delay_ms',
  'verification',
  'client_certificate',
  'came_through',
]

const isNull = (value: unknown) => value === null

/** The values of one row, in the order of `columns`. */
function values(delivery: NewDelivery, id: number, at: Placement, digests: Digests): unknown[] {
  const { body, verification, answer } = delivery
  const atReceipt = delivery.verificationAtReceipt ?? verification
  return [
    id,
    delivery.receivedAtMs,
    delivery.endpointId,
    verification.verdict,
    atReceipt.verdict,
    at.duplicate === null ? 0 : 1,
    delivery.revision,
    at.messageRef,
    at.attempt,
    digests.signature,
    digests.body,
    body.kind === 'memory' ? body.bytes.byteLength : body.byteLength,
    delivery.method,
    delivery.target,
    verification.schemeId,
    verification.eventType,
    verification.messageId,
    verification.skewSeconds,
    // What hangs or is reset hears no status.
    answer === null || answer.fault ? null : answer.status,
    delivery.completedAtMs,
    delivery.remoteAddress,
    delivery.remotePort,
    delivery.httpVersion,
    JSON.stringify(delivery.rawHeaders),
    packVerification(atReceipt),
    verification.matchedSecretId,
  ]
}

/** The values of one row, in the order of `rareColumns`. */
function rareValues(delivery: NewDelivery, { duplicate }: Placement): unknown[] {
  const { body, verification, answer, challenge } = delivery
  const atReceipt = delivery.verificationAtReceipt ?? verification
  return [
    duplicate?.kind ?? null,
    duplicate?.originalId ?? null,
    duplicate?.ordinal ?? null,
    duplicate?.sinceOriginalMs ?? null,
    delivery.replayId,
    body.kind === 'file' ? body.name : null,
    delivery.endpointId === null ? pathOf(delivery.target) : null,
    delivery.problem,
    delivery.problemDetail,
    answer === null || answer.rawHeaders.length === 0 ? null : JSON.stringify(answer.rawHeaders),
    delivery.rawTrailers.length === 0 ? null : JSON.stringify(delivery.rawTrailers),
    challenge?.name ?? null,
    challenge?.note ?? null,
    answer?.body?.byteLength ? answer.body.subarray(0, MOST_ANSWER_BYTES) : null,
    answer === null || answer.by === 'default' ? null : answer.by,
    answer?.fault ?? null,
    answer?.delayMs ? answer.delayMs : null,
    atReceipt === verification ? null : packVerification(verification),
    delivery.clientCertificate ? JSON.stringify(delivery.clientCertificate) : null,
    delivery.cameThrough ? JSON.stringify(delivery.cameThrough) : null,
  ]
}

function insertStatement(db: Database, names: readonly string[]) {
  const marks = names.map(() => '?').join(', ')
  return db.prepare(`INSERT INTO deliveries (${names.join(', ')}) VALUES (${marks})`)
}

/** The times are of deliveries of earlier batches. */
export type CommitDeliveries = (
  batch: readonly NewDelivery[],
  times?: readonly DeliveryTimes[],
) => Committed[]

export interface DeliveryInserter {
  /** The last id that was given; inside a write transaction the next ones are ours. */
  lastId(): number
  /** Writes one delivery and places it within its message; inside a write transaction. */
  insert(delivery: NewDelivery, id: number): Committed
}

/** Writes rows, for whoever has the write lock. */
export function deliveryInserter(db: Database): DeliveryInserter {
  const messages = messagesTable(db)
  const newest = db
    .prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")
    .pluck()
  // One row in a statement: with sixteen a commit took a third more processor time.
  const insertPlain = insertStatement(db, columns)
  const insertWhole = insertStatement(db, [...columns, ...rareColumns])
  const insertBody = db.prepare('INSERT INTO bodies (delivery_id, bytes) VALUES (?, ?)')
  const insertForwards = newForwards(db)

  function write(delivery: NewDelivery, id: number): Committed {
    const { body, bodySha256, signatureDigest } = delivery
    if (body.kind === 'file' && !isBodyFileName(body.name)) {
      throw new RangeError(`A body file has a plain name, not ${JSON.stringify(body.name)}.`)
    }
    const digests = {
      body: Buffer.from(bodySha256, 'hex'),
      signature: signatureDigest === null ? null : Buffer.from(signatureDigest, 'hex'),
    }
    const at = placeDelivery(messages, delivery, id, digests)
    const rare = rareValues(delivery, at)
    const common = values(delivery, id, at, digests)
    if (rare.every(isNull)) insertPlain.run(common)
    else insertWhole.run([...common, ...rare])
    if (body.kind === 'memory' && body.bytes.byteLength > 0) insertBody.run(id, body.bytes)
    const placed = { id, duplicate: at.duplicate }
    const { forwards } = delivery
    if (!forwards) return placed
    return { ...placed, forwardIds: insertForwards(id, delivery.endpointId, forwards) }
  }
  return { lastId: () => newest.get() ?? 0, insert: write }
}

/**
 * Prepares the one way in: a batch becomes durable in one transaction or not at all.
 * @throws SqliteError when it could not be written; see describeWriteFailure
 */
export function deliveriesWriter(db: Database): CommitDeliveries {
  const inserter = deliveryInserter(db)
  // A delivery that was taken out of the file meanwhile leaves nothing behind.
  const insertTimes = db.prepare(
    `INSERT OR IGNORE INTO delivery_times SELECT id, ?, ?, ? FROM deliveries WHERE id = ?`,
  )
  const transaction = db.transaction(
    (batch: readonly NewDelivery[], times: readonly DeliveryTimes[]) => {
      for (const { id, connectedAtMs, committedAtMs, answeredAtMs } of times) {
        insertTimes.run(connectedAtMs, committedAtMs, answeredAtMs, id)
      }
      // The write lock is held, so the next ids are ours: rows can refer to them before they stand.
      const last = inserter.lastId()
      return batch.map((delivery, index) => inserter.insert(delivery, last + 1 + index))
    },
  )
  return (batch, times = []) => transaction.immediate(batch, times)
}
