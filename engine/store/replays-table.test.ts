import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { describeWriteFailure } from './describe-write-failure.ts'
import { databaseFile } from './database-file.ts'
import { makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openReader } from './open-reader.ts'
import { openStore } from './open-store.ts'
import { ANSWER_BODY_LIMIT } from './replays-table.ts'
import type { NewReplayRow } from './types.ts'

const replay: NewReplayRow = {
  deliveryId: 1,
  origin: 'replay',
  startedAtMs: 5,
  url: 'http://localhost:3000/x',
  resigned: true,
  messageId: 'msg_1',
  method: 'POST',
  target: '/x',
  rawHeaders: [['A', 'b']],
  body: 'as-delivered',
}

it('keeps what was sent and what came back, equal bodies once', () => {
  const dataDir = temporaryDataDir()
  const store = openStore(dataDir)
  store.commit([makeDelivery({ bodyText: 'same' })])
  const same = store.replays.insert({ ...replay, body: Buffer.from('same') })
  const other = store.replays.insert({
    ...replay,
    batchId: 1,
    resigned: false,
    body: Buffer.from('other'),
  })
  expect(store.replays.requestBody(same)).toBe('as-delivered')
  expect(Buffer.from(store.replays.requestBody(other) ?? '').toString()).toBe('other')
  expect(store.replays.requestBody(999)).toBeNull()
  expect(store.replays.get(same)).toMatchObject({
    resigned: true,
    answer: null,
    error: null,
    timings: null,
    request: { method: 'POST', target: '/x', rawHeaders: [['A', 'b']], bodyByteLength: 4 },
  })

  const answer = {
    status: 200,
    statusMessage: 'Fine',
    rawHeaders: [],
    body: Buffer.from('\ufeffok'),
  }
  const timings = { dnsMs: null, connectMs: 1.5, tlsMs: 2.5, firstByteMs: null, totalMs: 3 }
  store.replays.finish(same, { answer }, timings)
  store.replays.markArrived(same, 7)
  const long = Buffer.alloc(ANSWER_BODY_LIMIT + 1, 'x')
  store.replays.finish(other, { answer: { ...answer, body: long } }, null)
  const failed = store.replays.insert({ ...replay, deliveryId: 2 })
  store.replays.finish(failed, { error: 'Connection refused.' }, null)
  store.close()

  openStore(dataDir).close()
  const reader = openReader(dataDir)
  expect(reader.replays.get(same)).toMatchObject({
    arrivedAsDeliveryId: 7,
    timings,
    answer: { status: 200, statusMessage: 'Fine', bodyText: '\ufeffok', truncated: false },
  })
  const cut = reader.replays.get(other)?.answer
  expect(cut).toMatchObject({ bodyByteLength: ANSWER_BODY_LIMIT + 1, truncated: true })
  expect(cut?.bodyText).toHaveLength(ANSWER_BODY_LIMIT)
  const ids = (query: { deliveryId?: number; failed?: boolean; single?: boolean; limit: number }) =>
    reader.replays.list(query).map(({ id }) => id)
  expect(ids({ limit: 10 })).toEqual([failed, other, same])
  expect(ids({ deliveryId: 1, limit: 1 })).toEqual([other])
  expect(ids({ failed: true, limit: 10 })).toEqual([failed])
  expect(ids({ single: true, limit: 10 })).toEqual([failed, same])
  expect(reader.replays.get(failed)).toMatchObject({ error: 'Connection refused.', answer: null })
  reader.close()
})

const code = (name: string) => describeWriteFailure(new Database.SqliteError('x', name)).code

function failureOf(write: () => unknown) {
  try {
    write()
  } catch (error) {
    return describeWriteFailure(error)
  }
  throw new Error('It was written.')
}

it('says what a refused write means', () => {
  const dataDir = temporaryDataDir()
  const store = openStore(dataDir)
  const other = new Database(databaseFile(dataDir))
  other.exec('BEGIN IMMEDIATE')
  expect(failureOf(() => store.commit([makeDelivery()])).code).toBe('locked')
  other.exec('ROLLBACK')
  other.close()
  expect(store.commit([makeDelivery()])).toHaveLength(1)
  store.close()
  expect(code('SQLITE_FULL')).toBe('disk-full')
  expect(code('SQLITE_READONLY_DBMOVED')).toBe('read-only')
  expect(code('SQLITE_IOERR_FSYNC')).toBe('io-error')
  expect(describeWriteFailure(new Error('odd')).sentence).toContain('odd')
})
