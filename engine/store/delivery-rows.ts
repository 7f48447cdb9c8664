import type { AnsweredBy, AnswerFault } from '#contract/answering.ts'
import type { CaptureProblem, Delivery, DeliveryRow } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { DuplicateKind, Verdict } from '#contract/verdict.ts'
import { unpackVerification } from './packed-verification.ts'

/** The columns of a row of the list, from `deliveries` joined with `endpoints`. */
export const ROW_COLUMNS = `deliveries.id, received_at_ms AS receivedAtMs,
  endpoint_id AS endpointId, endpoints.name AS endpointName, method, target,
  event_type AS eventType, message_id AS messageId, body_byte_length AS bodyByteLength, verdict,
  verdict_at_receipt AS verdictAtReceipt, deliveries.scheme_id AS schemeId,
  skew_seconds AS skewSeconds, duplicate_kind AS duplicateKind, original_id AS originalId, ordinal,
  since_original_ms AS sinceOriginalMs, status_answered AS statusAnswered, problem,
  replay_id AS replayId, challenge,
  delivery_times.answered_at_ms - received_at_ms AS durationMs,
  coalesce(marks.pinned, 0) AS pinned, coalesce(marks.note, '') <> '' AS hasNote,
  (SELECT json_group_array(tags.name ORDER BY tags.name) FROM delivery_tags
    JOIN tags ON tags.id = tag_id WHERE delivery_id = deliveries.id) AS tags`

/** What a whole delivery has beyond its row. */
export const DETAIL_COLUMNS = `completed_at_ms AS completedAtMs, remote_address AS remoteAddress,
  remote_port AS remotePort, http_version AS httpVersion, raw_headers AS rawHeaders,
  raw_trailers AS rawTrailers, body_sha256 AS bodySha256, problem_detail AS problemDetail,
  answer_headers AS answerHeaders, verification_at_receipt AS verificationAtReceipt, verification,
  answer_body AS answerBody, answered_by AS answeredBy, answer_fault AS answerFault,
  client_certificate AS clientCertificate, came_through AS cameThrough,
  answer_delay_ms AS answerDelayMs, answer_replay_id AS answerReplayId, challenge_note AS challengeNote,
  delivery_times.connected_at_ms AS connectedAtMs, delivery_times.committed_at_ms AS committedAtMs,
  delivery_times.answered_at_ms AS answeredAtMs, coalesce(marks.note, '') AS note,
  (SELECT text_cut FROM facets WHERE facets.id = deliveries.id) AS textCut`

/** A removed endpoint still lends its name to its deliveries. */
export const FROM_DELIVERIES = `FROM deliveries LEFT JOIN endpoints ON endpoints.id = endpoint_id
  LEFT JOIN delivery_times ON delivery_times.delivery_id = deliveries.id
  LEFT JOIN marks ON marks.delivery_id = deliveries.id`

export interface StoredRow {
  id: number
  receivedAtMs: number
  endpointId: number | null
  endpointName: string | null
  method: string
  target: string
  eventType: string | null
  messageId: string | null
  bodyByteLength: number
  verdict: Verdict
  verdictAtReceipt: Verdict
  schemeId: string | null
  skewSeconds: number | null
  duplicateKind: DuplicateKind | null
  originalId: number | null
  ordinal: number | null
  sinceOriginalMs: number | null
  statusAnswered: number | null
  problem: CaptureProblem | null
  replayId: number | null
  challenge: string | null
  durationMs: number | null
  pinned: number
  hasNote: number
  /** A JSON array of names. */
  tags: string
}

export interface StoredDelivery extends StoredRow {
  completedAtMs: number
  remoteAddress: string
  remotePort: number
  httpVersion: string
  clientCertificate: string | null
  cameThrough: string | null
  rawHeaders: string
  rawTrailers: string | null
  bodySha256: Buffer
  problemDetail: string | null
  answerHeaders: string | null
  verificationAtReceipt: string
  verification: string | null
  answerBody: Buffer | null
  answeredBy: AnsweredBy | null
  answerFault: AnswerFault | null
  answerDelayMs: number | null
  answerReplayId: number | null
  challengeNote: string | null
  connectedAtMs: number | null
  committedAtMs: number | null
  answeredAtMs: number | null
  note: string
  /** `null`: not indexed yet. */
  textCut: number | null
}

/** A row by itself: of a message's attempts it says nothing. */
export function toRow(stored: StoredRow): DeliveryRow {
  const { duplicateKind, originalId, ordinal, sinceOriginalMs, ...row } = stored
  const { pinned, hasNote, tags, ...same } = row
  const duplicate =
    duplicateKind === null || originalId === null || ordinal === null || sinceOriginalMs === null
      ? null
      : { kind: duplicateKind, originalId, ordinal, sinceOriginalMs }
  return {
    ...same,
    duplicate,
    pinned: pinned === 1,
    hasNote: hasNote === 1,
    tags: JSON.parse(tags),
    attempts: null,
  }
}

export function toDelivery(stored: StoredDelivery): Delivery {
  const { completedAtMs, remoteAddress, remotePort, httpVersion, problemDetail, ...rest } = stored
  const { rawHeaders: head, rawTrailers, answerHeaders, bodySha256, ...withVerification } = rest
  const { verificationAtReceipt, verification, answerBody, challengeNote, ...withTimes } =
    withVerification
  const { connectedAtMs, committedAtMs, answeredAtMs, note, textCut, ...withAnswer } = withTimes
  const { answeredBy, answerFault, answerDelayMs, answerReplayId, ...withHandshake } = withAnswer
  const { clientCertificate, cameThrough, ...row } = withHandshake
  const rawHeaders = parseHeaders(head)
  return {
    ...toRow(row),
    completedAtMs,
    times: { connectedAtMs, committedAtMs, answeredAtMs },
    note,
    indexed: textCut === null ? 'pending' : textCut === 1 ? 'cut' : 'whole',
    remoteAddress,
    remotePort,
    httpVersion,
    clientCertificate: clientCertificate === null ? null : JSON.parse(clientCertificate),
    cameThrough: cameThrough === null ? null : JSON.parse(cameThrough),
    rawHeaders,
    rawTrailers: parseHeaders(rawTrailers),
    bodySha256: bodySha256.toString('hex'),
    contentEncoding: contentEncoding(rawHeaders),
    announcedByteLength: announcedByteLength(rawHeaders),
    problemDetail,
    challengeNote,
    answer:
      stored.statusAnswered === null && answerFault === null
        ? null
        : {
            status: stored.statusAnswered,
            rawHeaders: parseHeaders(answerHeaders),
            bodyText: answerBody === null ? null : answerBody.toString('utf8'),
            by: answeredBy ?? 'default',
            fault: answerFault,
            delayMs: answerDelayMs ?? 0,
            replayId: answerReplayId,
          },
    verificationAtReceipt: unpackVerification(verificationAtReceipt),
    verification: unpackVerification(verification ?? verificationAtReceipt),
  }
}

/** A list that was empty is stored as NULL. */
export function parseHeaders(text: string | null): RawHeader[] {
  return text === null ? [] : JSON.parse(text)
}

function headerValues(rawHeaders: readonly RawHeader[], name: string): string[] {
  return rawHeaders.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))
}

/** The codings in the order they were applied (RFC 9110, 8.4); `identity` is none. */
function contentEncoding(rawHeaders: readonly RawHeader[]): string | null {
  const codings = headerValues(rawHeaders, 'content-encoding')
    .join(',')
    .split(',')
    .map((coding) =>
      coding
        .trim()
        .toLowerCase()
        .replace(/^x-(?=gzip$)/, ''),
    )
    .filter((coding) => coding !== '' && coding !== 'identity')
  return codings.length === 0 ? null : codings.join(', ')
}

/** RFC 9110, 8.6: digits only; anything else announces nothing. */
function announcedByteLength(rawHeaders: readonly RawHeader[]): number | null {
  const [value] = headerValues(rawHeaders, 'content-length')
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null
}
