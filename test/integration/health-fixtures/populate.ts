/**
 * Fills a database of an earlier version as that version's program did: rows of every table that
 * there was, in SQL, so that nothing of today's code decides what was in them.
 */
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { sealBytes } from '#engine/secrets/sealing.ts'

export const DATA_KEY = Buffer.alloc(32, 7)
export const FILE_KEY = Buffer.alloc(32, 9)
export const SECRET_TEXT = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
export const AT_MS = 1_760_000_000_000

/** A body over 1 MiB, which lies in a file. */
export const LARGE_BODY = Buffer.alloc(1_200_000, 'large body ')
export const LARGE_SHA256 = createHash('sha256').update(LARGE_BODY).digest('hex')
export const LARGE_NAME = `${LARGE_SHA256}-0123456789abcdef01234567.body`

const sha = (text: string) => createHash('sha256').update(text).digest()

export const BODIES: Readonly<Record<number, string>> = {
  1: '{"type":"user.created","data":{"name":"Ada Okafor"}}',
  2: '{"type":"user.created","data":{"name":"Ada Okafor"}}',
  3: 'ping=1&from=crème brûlée',
}

const packed = (verdict: string, sentence: string, more: object = {}) =>
  JSON.stringify({ verdict, reason: { code: 'fixture', sentence }, ...more })

const VALID = packed('valid', 'Signature matches “live key”.', {
  schemeId: 'svix',
  messageId: 'msg_1',
  eventType: 'user.created',
  matchedSecretId: 1,
  matchedSecretName: 'live key',
})

function insert(db: Database, table: string, row: Record<string, unknown>): void {
  const names = Object.keys(row)
  db.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  ).run(row)
}

function delivery(db: Database, id: number, row: Record<string, unknown>): void {
  const body = BODIES[id]
  insert(db, 'deliveries', {
    id,
    received_at_ms: AT_MS + id * 1000,
    verdict: 'no-scheme',
    verdict_at_receipt: 'no-scheme',
    repeated: 0,
    judged_revision: 0,
    body_sha256: body === undefined ? Buffer.from(LARGE_SHA256, 'hex') : sha(body),
    body_byte_length: body === undefined ? LARGE_BODY.length : Buffer.byteLength(body),
    method: 'POST',
    target: '/elsewhere?x=1',
    completed_at_ms: AT_MS + id * 1000 + 5,
    remote_address: '127.0.0.1',
    remote_port: 50_000 + id,
    http_version: '1.1',
    status_answered: 200,
    raw_headers: JSON.stringify([
      ['Host', '127.0.0.1:4100'],
      ['X-Twice', 'one'],
      ['x-twice', 'two'],
    ]),
    verification_at_receipt: packed('no-scheme', 'Nothing here says who signed this.'),
    ...row,
  })
  if (body !== undefined) {
    insert(db, 'bodies', { delivery_id: id, bytes: Buffer.from(body) })
  }
}

function first(db: Database): void {
  insert(db, 'endpoints', {
    name: 'Svix',
    path: '/svix',
    scheme_id: 'svix',
    tolerance: JSON.stringify({ pastSeconds: 600, futureSeconds: 60 }),
    colour: 3,
    revision: 2,
    created_at_ms: AT_MS,
  })
  insert(db, 'endpoints', {
    name: 'Gone',
    path: '/gone/*',
    colour: 1,
    created_at_ms: AT_MS,
    removed_at_ms: AT_MS + 5,
  })
  const sealed = sealBytes(DATA_KEY, Buffer.from(SECRET_TEXT), 'endpoint 1 fixture')
  insert(db, 'secrets', {
    endpoint_id: 1,
    name: 'live key',
    sealed,
    seal_context: 'fixture',
    created_at_ms: AT_MS,
  })
  insert(db, 'slots', {
    kind: 'key-file',
    wrapped: sealBytes(FILE_KEY, DATA_KEY, 'data key'),
    parameters: '{}',
    created_at_ms: AT_MS,
  })
  const signed = {
    endpoint_id: 1,
    verdict: 'valid',
    verdict_at_receipt: 'valid',
    judged_revision: 2,
    message_ref: 1,
    scheme_id: 'svix',
    event_type: 'user.created',
    message_id: 'msg_1',
    skew_seconds: -1.25,
    target: '/svix',
    verification_at_receipt: VALID,
  }
  delivery(db, 1, { ...signed, attempt: 1, signature_digest: sha('s1') })
  delivery(db, 2, {
    ...signed,
    attempt: 2,
    repeated: 1,
    duplicate_kind: 'retry',
    original_id: 1,
    ordinal: 2,
    since_original_ms: 1000,
    signature_digest: sha('s2'),
  })
  delivery(db, 3, { catch_all_path: '/elsewhere' })
  delivery(db, 4, { catch_all_path: '/elsewhere', body_file: LARGE_NAME })
  insert(db, 'messages', {
    id: 1,
    endpoint_id: 1,
    path: '',
    scheme_id: 'svix',
    key: 'msg_1',
    attempts: 2,
    first_id: 1,
    newest_id: 2,
    newest_right_id: 2,
    original_id: 1,
    original_right: 1,
  })
  insert(db, 'replays', {
    delivery_id: 1,
    started_at_ms: AT_MS + 9000,
    url: 'http://127.0.0.1:3000/hook',
    resigned: 1,
    message_id: 'msg_again',
    method: 'POST',
    target: '/hook',
    raw_headers: '[["Host","127.0.0.1:3000"]]',
    body_byte_length: 9,
    answer_status: 202,
    answer_status_message: 'Accepted',
    answer_headers: '[["X-Receiver","yes"]]',
    answer_body_byte_length: 5,
    connect_ms: 0.5,
    first_byte_ms: 3,
    total_ms: 4.25,
  })
  insert(db, 'replay_bodies', {
    replay_id: 1,
    request: Buffer.from('{"a":"b"}'),
    answer: Buffer.from('taken'),
  })
}

function settings(db: Database): void {
  insert(db, 'settings', {
    key: 'retention',
    value: JSON.stringify({ maxCount: 5000, maxAgeDays: null, maxBytes: null }),
  })
}

function matchedSecret(db: Database): void {
  db.exec('UPDATE deliveries SET matched_secret_id = 1 WHERE id IN (1, 2)')
}

function challenges(db: Database): void {
  db.exec('UPDATE endpoints SET answer_challenges = 1 WHERE id = 1')
  insert(db, 'endpoint_settings', { endpoint_id: 1, name: 'note', value: 'plain text' })
  insert(db, 'endpoint_settings', {
    endpoint_id: 1,
    name: 'sealed',
    sealed: sealBytes(
      DATA_KEY,
      Buffer.from('a secret setting'),
      'endpoint 1 setting sealed fixture',
    ),
    seal_context: 'fixture',
  })
  db.prepare(
    `UPDATE deliveries SET challenge = 'url_verification', challenge_note = 'told why', answer_body = ?
     WHERE id = 3`,
  ).run(Buffer.from('challenge answered'))
}

function ownSchemes(db: Database, scheme: unknown): void {
  insert(db, 'own_schemes', {
    id: 'house',
    json: JSON.stringify(scheme),
    created_at_ms: AT_MS,
    changed_at_ms: AT_MS,
  })
}

function marks(db: Database): void {
  insert(db, 'marks', { delivery_id: 1, pinned: 1, note: 'the first one' })
  insert(db, 'tags', { id: 1, name: 'billing' })
  insert(db, 'delivery_tags', { tag_id: 1, delivery_id: 2 })
  insert(db, 'delivery_times', {
    delivery_id: 1,
    connected_at_ms: AT_MS + 999.5,
    committed_at_ms: AT_MS + 1003,
    answered_at_ms: AT_MS + 1004.25,
  })
  insert(db, 'saved_filters', { name: 'Failures', query: '-verdict:valid', position: 1 })
}

function sending(db: Database): void {
  db.prepare('UPDATE endpoints SET answering = ?, forwarding = ? WHERE id = 1').run(
    JSON.stringify({
      mode: 'canned',
      answers: [{ status: 201, rawHeaders: [], body: 'made', delayMs: 0, fault: null }],
      afterLast: 'stay',
      countPer: 'message',
      failure: null,
    }),
    null,
  )
  db.exec(`UPDATE deliveries SET answered_by = 'canned', answer_delay_ms = 12 WHERE id = 1`)
  insert(db, 'forwards', {
    delivery_id: 3,
    endpoint_id: 1,
    url: 'http://127.0.0.1:1/forwarded',
    state: 'done',
    attempts: 1,
    detail: 'told',
  })
  insert(db, 'batches', {
    started_at_ms: AT_MS,
    ended_at_ms: AT_MS + 50,
    state: 'done',
    sentence: '1 delivery to 127.0.0.1:3000',
    url: 'http://127.0.0.1:3000/',
    total: 1,
    sent: 1,
    outcomes: JSON.stringify([{ outcome: '202', count: 1 }]),
  })
  insert(db, 'allowed_hosts', { host: 'example.test', allowed_at_ms: AT_MS })
  insert(db, 'replay_targets', {
    endpoint_id: 1,
    url: 'http://127.0.0.1:3000/hook',
    verify_tls: 1,
    last_used_at_ms: AT_MS,
  })
  insert(db, 'imported', {
    fingerprint: sha('imported'),
    delivery_id: 3,
    imported_at_ms: AT_MS,
    source: '',
  })
}

/** What a sender of version 8 presented. */
export const CLIENT_CERTIFICATE = {
  subject: 'CN=sender.example',
  issuer: 'CN=Senders',
  serialNumber: '0A',
  fingerprint256: Array.from({ length: 32 }, () => 'AB').join(':'),
  validFrom: 'Oct  1 00:00:00 2025 GMT',
  validTo: 'Oct  1 00:00:00 2035 GMT',
  authorized: true,
  problem: null,
}

function clientCertificate(db: Database): void {
  db.prepare('UPDATE deliveries SET client_certificate = ? WHERE id = 2').run(
    JSON.stringify(CLIENT_CERTIFICATE),
  )
}

/** @param ownScheme a scheme of contract/scheme.ts, for versions that had any */
export function populate(db: Database, version: number, ownScheme: unknown): void {
  db.transaction(() => {
    first(db)
    settings(db)
    if (version >= 2) matchedSecret(db)
    if (version >= 3) challenges(db)
    if (version >= 4) ownSchemes(db, ownScheme)
    if (version >= 5) marks(db)
    if (version >= 7) sending(db)
    if (version >= 8) clientCertificate(db)
  })()
}
