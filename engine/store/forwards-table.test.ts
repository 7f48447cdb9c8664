import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseFile } from './database-file.ts'
import type { SettledForward } from './forwards-table.ts'
import { makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openReader } from './open-reader.ts'
import { openStore, type Store } from './open-store.ts'
import type { NewForward } from './types.ts'

let dataDir: string
let store: Store
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
})
afterEach(() => store.close())

const url = 'http://localhost/a'
const waiting = (nextAtMs: number, to = url): NewForward => ({
  url: to,
  state: 'waiting',
  nextAtMs,
  detail: null,
})
const commit = (...forwards: NewForward[]) => {
  const [made] = store.commit([makeDelivery({ endpointId: null, answer: null, forwards })])
  return { deliveryId: made?.id ?? 0, ids: made?.forwardIds ?? [] }
}
const lane = { endpointId: 0, url }
const settled = (id: number, deliveryId: number, more: Partial<SettledForward> = {}) => ({
  ...{ id, deliveryId, state: 'done' as const, nextAtMs: null, detail: null },
  ...{ attempt: null, answer: null, ...more },
})
const attempt = (deliveryId: number) => ({
  replay: {
    deliveryId,
    origin: 'forward' as const,
    startedAtMs: 5,
    url,
    resigned: false,
    messageId: null,
    method: 'POST',
    target: '/a',
    rawHeaders: [],
    body: 'as-delivered' as const,
  },
  replayId: null,
  outcome: {
    answer: { status: 202, statusMessage: 'A', rawHeaders: [], body: Buffer.from('yes') },
  },
  timings: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 2, totalMs: 3 },
})

it('gives what is due, oldest first, and says when the next one is', () => {
  const late = commit(waiting(300))
  const second = commit(waiting(200))
  const first = commit(waiting(100))
  expect(store.forwards.due(lane, 250, 10).map(({ id }) => id)).toEqual([
    first.ids[0],
    second.ids[0],
  ])
  expect(store.forwards.due(lane, 250, 1)).toEqual([
    { id: first.ids[0], deliveryId: first.deliveryId, attempts: 0, bodyByteLength: 7 },
  ])
  expect(store.forwards.nextAtMs(lane, 250)).toBe(300)
  expect(store.forwards.nextAtMs(lane, 300)).toBeNull()
  expect(late.ids).toHaveLength(1)
})

it('finds every lane in which something waits', () => {
  commit(waiting(1), waiting(1, 'http://localhost/b'))
  commit(waiting(1), { url: 'http://c', state: 'dropped', nextAtMs: null, detail: 'no' })
  expect(store.forwards.lanes()).toEqual([lane, { endpointId: 0, url: 'http://localhost/b' }])
})

it('writes attempt, standing and answer together', () => {
  const { deliveryId, ids } = commit({ url, state: 'sending', nextAtMs: null, detail: null })
  const id = ids[0] ?? 0
  const body = Buffer.from('yes')
  store.forwards.settle([
    settled(id, deliveryId, {
      attempt: attempt(deliveryId),
      answer: { status: 202, rawHeaders: [['X', 'y']], body },
    }),
  ])
  const forward = store.forwards.get(id)
  expect(forward).toMatchObject({ state: 'done', attempts: 1 })
  const reader = openReader(dataDir)
  expect(reader.get(deliveryId)?.answer).toMatchObject({
    ...{ status: 202, rawHeaders: [['X', 'y']], bodyText: 'yes', by: 'forward' },
    replayId: forward?.lastReplayId,
  })
  reader.close()
})

it('leaves nothing of what was purged meanwhile, and does not wake what was given up', () => {
  const gone = commit(waiting(1))
  const dropped = commit(waiting(1))
  const db = new Database(databaseFile(dataDir))
  db.prepare('DELETE FROM forwards WHERE id = ?').run(gone.ids[0])
  db.close()
  store.forwards.drop({ id: dropped.ids[0] ?? 0 }, 'enough', 1)
  const again = { state: 'waiting' as const, nextAtMs: 50 }
  store.forwards.settle([
    settled(gone.ids[0] ?? 0, gone.deliveryId, { attempt: attempt(gone.deliveryId) }),
    settled(dropped.ids[0] ?? 0, dropped.deliveryId, again),
  ])
  expect(store.replays.list({ deliveryId: gone.deliveryId, limit: 9 })).toEqual([])
  expect(store.forwards.get(dropped.ids[0] ?? 0)).toMatchObject({
    state: 'dropped',
    nextAtMs: null,
  })
})

it('closes what a crash left open, and wakes or drops in bounded steps', () => {
  const open = commit({ url, state: 'sending', nextAtMs: null, detail: null })
  for (let n = 0; n < 5; n++) commit(waiting(1_000))
  expect(store.forwards.closeInterrupted('cut')).toBe(1)
  expect(store.forwards.get(open.ids[0] ?? 0)).toMatchObject({ state: 'failed', detail: 'cut' })
  expect(store.forwards.wake({ endpointId: 0 }, 10, 4)).toBe(4)
  expect(store.forwards.wake({ endpointId: 0 }, 10, 4)).toBe(2)
  expect(store.forwards.due(lane, 10, 10)).toHaveLength(6)
  expect(store.forwards.drop(lane, 'gone', 4)).toBe(4)
  expect(store.forwards.drop(lane, 'gone', 4)).toBe(2)
  expect(store.forwards.any()).toBe(false)
})

it('uses an index for whatever the capture thread asks', () => {
  const db = new Database(databaseFile(dataDir))
  const plan = (sql: string) =>
    db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('; ')
  const where = `state = 'waiting' AND forwards.endpoint_id = 1 AND url = 'x'`
  const due = plan(`SELECT forwards.id, body_byte_length
    FROM forwards LEFT JOIN deliveries ON deliveries.id = delivery_id
    WHERE ${where} AND next_at_ms <= 5 ORDER BY next_at_ms, forwards.id LIMIT 5`)
  expect(due).toContain('forwards_waiting')
  expect(due).not.toContain('TEMP B-TREE')
  expect(
    plan(`SELECT endpoint_id, url FROM forwards WHERE state = 'waiting'
      AND (endpoint_id, url) > (1, 'x') ORDER BY endpoint_id, url LIMIT 1`),
  ).toContain('COVERING INDEX forwards_waiting ((endpoint_id,url)>')
  expect(plan(`SELECT id FROM forwards WHERE state = 'sending'`)).toContain('forwards_sending')
  expect(plan(`SELECT id FROM forwards WHERE state = 'failed' AND endpoint_id = 1`)).toContain(
    'forwards_failed',
  )
  const open = `state IN ('waiting', 'sending', 'failed')`
  expect(plan(`SELECT id FROM forwards WHERE ${open} ORDER BY id DESC LIMIT 5`)).toContain(
    'forwards_open',
  )
  db.close()
})
