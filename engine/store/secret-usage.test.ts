import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { databaseFile, prepareDataDir } from './database-file.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import {
  type DeliveryChange,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from './new-delivery.fixture.ts'
import { openReader } from './open-reader.ts'
import { openStore, type Store } from './open-store.ts'

const DAY_MS = 86_400_000
const NOW = 1_700_000_000_000

function storeWithEndpoint() {
  const dataDir = temporaryDataDir()
  const store = openStore(dataDir)
  const made = store.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    tolerance: null,
  })
  if ('conflict' in made) throw new Error('The name is taken.')
  return { dataDir, store, endpointId: made.id }
}

function usage(dataDir: string, ...secretIds: number[]) {
  const reader = openReader(dataDir)
  try {
    return reader.secretUsage({ secretIds, sinceMs: NOW - 7 * DAY_MS })
  } finally {
    reader.close()
  }
}

let sent = 0
function commit(store: Store, endpointId: number, secretId: number | null, at: DeliveryChange) {
  sent += 1
  const matched = { matchedSecretId: secretId, messageId: `msg_${sent}` }
  const [row] = store.commit([
    makeDelivery({ endpointId, revision: 1, ...at, verification: { ...matched } }),
  ])
  if (!row) throw new Error('Nothing was stored.')
  return row.id
}

describe('secretUsage', () => {
  it('counts from the given moment on, and knows the last one however old', () => {
    const { dataDir, store, endpointId } = storeWithEndpoint()
    commit(store, endpointId, 1, { receivedAtMs: NOW - 7 * DAY_MS })
    commit(store, endpointId, 1, { receivedAtMs: NOW - DAY_MS })
    commit(store, endpointId, 2, { receivedAtMs: NOW - 9 * DAY_MS })
    commit(store, endpointId, 2, { receivedAtMs: NOW - 7 * DAY_MS - 1 })
    commit(store, endpointId, null, { receivedAtMs: NOW })
    expect(usage(dataDir, 2, 1, 3)).toEqual([
      { secretId: 2, verifiedCount: 0, lastVerifiedAtMs: NOW - 7 * DAY_MS - 1 },
      { secretId: 1, verifiedCount: 2, lastVerifiedAtMs: NOW - DAY_MS },
      { secretId: 3, verifiedCount: 0, lastVerifiedAtMs: null },
    ])
    store.close()
  })

  it('leaves our own replays out and follows a new judgement', () => {
    const { dataDir, store, endpointId } = storeWithEndpoint()
    const id = commit(store, endpointId, 1, { receivedAtMs: NOW })
    commit(store, endpointId, 1, { receivedAtMs: NOW, replayId: 1 })
    expect(usage(dataDir, 1, 2).map((one) => one.verifiedCount)).toEqual([1, 0])
    const verification = makeVerification({ matchedSecretId: 2 })
    store.judging.update([{ id, revision: 2, verification }])
    expect(usage(dataDir, 1, 2).map((one) => one.verifiedCount)).toEqual([0, 1])
    const none = makeVerification({ verdict: 'invalid', matchedSecretId: null })
    store.judging.update([{ id, revision: 3, verification: none }])
    expect(usage(dataDir, 1, 2).map((one) => one.verifiedCount)).toEqual([0, 0])
    store.close()
  })
})

describe('the migration', () => {
  it('fills deliveries of before from the verification that stands', () => {
    const dataDir = temporaryDataDir()
    prepareDataDir(dataDir)
    const db = new Database(databaseFile(dataDir))
    migrate(db, migrations.slice(0, 1), databaseFile(dataDir))
    db.exec(`INSERT INTO endpoints (name, path, colour, created_at_ms) VALUES ('a', '/a', 0, 0)`)
    const insert = db.prepare(
      `INSERT INTO deliveries (received_at_ms, endpoint_id, verdict, verdict_at_receipt, repeated,
         judged_revision, body_sha256, body_byte_length, method, target, completed_at_ms,
         remote_address, remote_port, http_version, raw_headers, verification_at_receipt,
         verification)
       VALUES (?, 1, ?, 'valid', 0, 1, x'00', 0, 'POST', '/a', 0, '::1', 1, '1.1', '[]', ?, ?)`,
    )
    insert.run(NOW, 'valid', '{"matchedSecretId":1}', null)
    insert.run(NOW - 1, 'stale', '{"matchedSecretId":1}', '{"matchedSecretId":2}')
    insert.run(NOW, 'invalid', '{"matchedSecretId":1}', '{}')
    db.close()
    openStore(dataDir).close()
    expect(usage(dataDir, 1, 2)).toEqual([
      { secretId: 1, verifiedCount: 1, lastVerifiedAtMs: NOW },
      { secretId: 2, verifiedCount: 1, lastVerifiedAtMs: NOW - 1 },
    ])
  })

  it('answers both questions from the index alone', () => {
    const { dataDir, store } = storeWithEndpoint()
    const db = new Database(databaseFile(dataDir), { readonly: true })
    const plan = (sql: string) =>
      db
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join()
    const where = 'FROM deliveries WHERE matched_secret_id = 1 AND replay_id IS NULL'
    for (const what of ['count(*)', 'max(received_at_ms)']) {
      expect(plan(`SELECT ${what} ${where} AND received_at_ms >= 0`)).toContain(
        'deliveries_by_matched_secret',
      )
    }
    db.close()
    store.close()
  })
})
