import type { Database } from 'better-sqlite3'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  digestOf,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from '#engine/store/new-delivery.fixture.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { deliveryTexts } from './delivery-text.ts'
import { indexFiller } from './index-filler.ts'
import { indexMerger } from './index-merger.ts'
import { indexReset } from './index-reset.ts'
import { createLock } from './lock.ts'
import { openUpkeepDatabase } from './open-upkeep.ts'
import { purgeOf } from './purge.ts'
import { searchStateTable } from './search-state.ts'

type Operation =
  | { do: 'arrive'; message: string | null; body: string; verdict: 'valid' | 'invalid' }
  | { do: 'index' | 'merge' | 'clean' | 'reset' | 'adopt' }
  | { do: 'judge'; pick: number; message: string | null; type: string; skew: number }
  | { do: 'times'; pick: number; ms: number }
  | { do: 'purge'; picks: number[]; few: boolean }

const pick = fc.nat(1_000)
const messages = fc.constantFrom('msg_one', 'msg_two', null)
const operations = fc.array(
  fc.oneof<fc.Arbitrary<Operation>[]>(
    fc.record({
      do: fc.constant('arrive' as const),
      message: messages,
      body: fc.constantFrom('', '{"a":"alpha"}', '{"b":"beta gamma"}'),
      verdict: fc.constantFrom('valid', 'invalid'),
    }),
    fc.record({ do: fc.constantFrom('index', 'index', 'merge', 'clean', 'reset', 'adopt') }),
    fc.record({
      do: fc.constant('judge' as const),
      pick,
      message: messages,
      type: fc.constantFrom('a.b', 'c.d'),
      skew: fc.constantFrom(0, 7.5),
    }),
    fc.record({ do: fc.constant('times' as const), pick, ms: fc.nat(500) }),
    fc.record({
      do: fc.constant('purge' as const),
      picks: fc.array(pick, { minLength: 1, maxLength: 4 }),
      few: fc.boolean(),
    }),
  ),
  { maxLength: 40 },
)

/** The upkeep of a store without its thread: each operation runs to its end. */
function upkeepOf(dataDir: string, store: Store) {
  const db = openUpkeepDatabase(dataDir)
  const lock = createLock(db)
  const state = searchStateTable(db)
  const texts = deliveryTexts(db, dataDir)
  const filler = indexFiller(db, texts, state, lock)
  const merger = indexMerger(db, state, lock)
  const reset = indexReset(db, state, lock)
  const purge = purgeOf(db, dataDir, texts, state, lock)
  const ids = () => db.prepare<[], number>('SELECT id FROM deliveries').pluck().all()
  const picked = (index: number): number | undefined => ids()[index % Math.max(1, ids().length)]
  let revision = 0
  let arrived = 0

  const arrive = ({ message, body, verdict }: Extract<Operation, { do: 'arrive' }>) => {
    arrived += 1
    store.commit([
      makeDelivery({
        receivedAtMs: 1_700_000_000_000 + arrived * 1_000_000,
        bodyText: body,
        signatureDigest: digestOf(`signature ${arrived}`),
        rawHeaders: [['X-Unique', `unique${arrived}x`]],
        verification: { messageId: message, verdict },
      }),
    ])
  }
  const mergeAll = () => {
    do merger.step()
    while (merger.due(false))
  }
  const purgeAll = async (wanted: number[], few: boolean) => {
    let left = wanted
    while (left.length > 0) {
      const { rows, indexIsWrong } = await purge.step(left, few)
      expect(indexIsWrong).toBe(false)
      left = left.slice(rows)
    }
  }
  const run = async (operation: Operation): Promise<void> => {
    switch (operation.do) {
      case 'arrive':
        return arrive(operation)
      case 'index':
        return void (await filler.step())
      case 'merge':
        return mergeAll()
      case 'clean':
        merger.beginCleaning()
        return mergeAll()
      case 'reset':
        reset.run()
        while (reset.due()) reset.step()
        return
      case 'adopt': {
        const name = `endpoint ${store.endpoints.list().length}`
        const made = { name, path: '/hook', schemeId: null, tolerance: null }
        const endpoint = store.endpoints.create({ ...made, answerChallenges: false })
        if ('conflict' in endpoint) return
        for (const _ of store.endpoints.adopt(endpoint.id, '/hook')) continue
        return
      }
      case 'judge': {
        const id = picked(operation.pick)
        const { message: messageId, type: eventType, skew: skewSeconds } = operation
        const verification = makeVerification({ messageId, eventType, skewSeconds })
        if (id !== undefined) store.judging.update([{ id, revision: ++revision, verification }])
        return
      }
      case 'times': {
        const id = picked(operation.pick)
        const times = { connectedAtMs: 1, committedAtMs: 2 }
        const answeredAtMs = 1_700_000_000_000 + operation.ms
        if (id !== undefined) store.commit([], [{ id, ...times, answeredAtMs }])
        return
      }
      case 'purge':
        return purgeAll(
          [...new Set(operation.picks.flatMap((each) => picked(each) ?? []))],
          operation.few,
        )
    }
  }
  return { db, run, mergeAll }
}

const FACETS = `SELECT id, received_at_ms, endpoint_id, verdict, repeated, replay_id IS NOT NULL,
    status_answered, body_byte_length, skew_seconds,
    (SELECT answered_at_ms FROM delivery_times WHERE delivery_id = id) - received_at_ms,
    scheme_id, event_type, method
  FROM deliveries WHERE id <= (SELECT indexed_to FROM search_state) ORDER BY id`
const KEPT_FACETS = `SELECT id, received_at_ms, endpoint_id, verdict, repeated, replay, status, size,
    skew, duration, scheme_id, event_type, method
  FROM facets WHERE id <= (SELECT indexed_to FROM search_state) ORDER BY id`

function check(db: Database): void {
  const all = (sql: string, ...values: unknown[]) =>
    db
      .prepare(sql)
      .raw()
      .all(...values)
  expect(all(KEPT_FACETS)).toEqual(all(FACETS))
  for (const index of ['search', 'search_ids']) {
    db.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 0)`)
  }
  const indexed = 'id <= (SELECT indexed_to FROM search_state)'
  const ids = (table: string) => all(`SELECT id FROM ${table} WHERE ${indexed} ORDER BY id`).flat()
  const found = (sql: string, words: string) => all(sql, words).flat()
  const search = 'SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid'
  expect(found(search, 'x')).toEqual(ids('deliveries'))
  for (const key of ['msg_one', 'msg_two']) {
    const rows = `SELECT id FROM deliveries WHERE ${indexed} AND message_id = ? ORDER BY id`
    const matched = 'SELECT rowid FROM search_ids WHERE search_ids MATCH ? ORDER BY rowid'
    expect(found(matched, key)).toEqual(all(rows, key).flat())
  }
  const sums = `SELECT count(*), coalesce(sum(body_byte_length + length(CAST(raw_headers AS BLOB))), 0)
    FROM deliveries WHERE ${indexed}`
  expect(all('SELECT deliveries, bytes FROM search_state')).toEqual(all(sums))
  checkMessages(db)
}

/** Every message names deliveries of its own that are there, and none is without any. */
function checkMessages(db: Database): void {
  const wrong = db.prepare<[]>(
    `SELECT * FROM messages WHERE
       EXISTS (SELECT 1 FROM (SELECT first_id AS id UNION SELECT newest_id UNION
           SELECT newest_right_id UNION SELECT original_id) AS named
         WHERE named.id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM deliveries WHERE deliveries.id = named.id AND message_ref = messages.id))
       OR NOT EXISTS (SELECT 1 FROM deliveries WHERE message_ref = messages.id)
       OR newest_id IS NOT (SELECT max(id) FROM deliveries WHERE message_ref = messages.id)
       OR first_id IS NULL OR original_id IS NULL
       OR attempts < (SELECT count(*) FROM deliveries WHERE message_ref = messages.id)`,
  )
  expect(wrong.all()).toEqual([])
}

it('the index is what the deliveries are, whatever happens to them', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      const dataDir = temporaryDataDir()
      const store = openStore(dataDir)
      const upkeep = upkeepOf(dataDir, store)
      try {
        for (const operation of sequence) {
          await upkeep.run(operation)
          check(upkeep.db)
        }
        expect(upkeep.db.pragma('integrity_check', { simple: true })).toBe('ok')
      } finally {
        upkeep.db.close()
        store.close()
      }
    }),
    { numRuns: 25 },
  )
}, 60_000)
