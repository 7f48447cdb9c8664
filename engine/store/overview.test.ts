import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { percentile } from '#contract/overview-bins.ts'
import type { Overview, OverviewInput } from '#contract/overview.ts'
import { databaseFile } from './database-file.ts'
import { digestOf, makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openStore, type Store } from './open-store.ts'
import { bucketSpan, overviewReader } from './overview.ts'

const T0 = 1_700_000_000_000

let dataDir: string
let store: Store
let db: Database.Database
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
  db = new Database(databaseFile(dataDir))
})
afterEach(() => {
  db.close()
  store.close()
})

function look(change: Partial<OverviewInput> = {}): Overview {
  const input = { endpoint: null, fromMs: null, toMs: T0 + 1e9, bucketMs: 60_000, afterId: 0 }
  return overviewReader(db).overview({ ...input, ...change })
}

function come(afterMs: number, change: Parameters<typeof makeDelivery>[0] = {}): number {
  const [done] = store.commit([makeDelivery({ receivedAtMs: T0 + afterMs, ...change })])
  if (!done) throw new Error('Nothing was committed.')
  return done.id
}

/** What the background writer does: in facets, and known by the hour. */
function index(upTo: number): void {
  db.exec(`
    INSERT INTO facets (id, received_at_ms, endpoint_id, verdict, repeated, replay, text_cut,
        status, size, skew, scheme_id, event_type, method, path, text_check)
      SELECT id, received_at_ms, endpoint_id, verdict, repeated, replay_id IS NOT NULL, 0,
        status_answered, body_byte_length, skew_seconds, scheme_id, event_type, method, target, 0
      FROM deliveries WHERE id <= ${upTo};
    INSERT INTO receipt_hours SELECT received_at_ms / 3600000, min(id), max(id)
      FROM deliveries WHERE id <= ${upTo} GROUP BY 1;
    UPDATE search_state SET indexed_to = ${upTo};`)
}

const total = (overview: Overview) =>
  overview.buckets.reduce(
    (sum, { verdicts }) => sum + Object.values(verdicts).reduce((all, one) => all + one, 0),
    0,
  )

const named = (number: number) => ({ messageId: `msg_${number}` })
const signed = (number: number) => ({ signatureDigest: digestOf(`signature ${number}`) })

describe('the overview', () => {
  it('adds up by bucket and verdict, wherever the index has got to', () => {
    come(0, { verification: named(1), bodyText: 'x'.repeat(10) })
    come(1_000, { verification: { ...named(2), verdict: 'invalid' }, bodyText: 'x'.repeat(30) })
    come(120_000, { verification: named(3) })
    const before = look()
    for (const upTo of [1, 2, 3]) {
      db.exec('DELETE FROM facets; DELETE FROM receipt_hours')
      index(upTo)
      expect(look()).toEqual(before)
    }
    const first = Math.floor(T0 / 60_000) * 60_000
    expect(before.buckets.map(({ fromMs }) => fromMs - first)).toEqual([0, 120_000])
    expect(before.buckets[0]).toMatchObject({
      verdicts: { valid: 1, invalid: 1 },
      bodyBytes: 40,
      largestBody: 30,
    })
    expect(before).toMatchObject({ fromMs: T0, counted: 3, hasMore: false, lookedTo: 3 })
  })

  it('takes only the span and the endpoint', () => {
    for (let minute = 0; minute < 200; minute += 1) {
      come(minute * 60_000, { verification: { messageId: `msg_${minute}` } })
    }
    index(150)
    expect(total(look({ fromMs: T0 + 3_600_000, toMs: T0 + 2 * 3_600_000 }))).toBe(60)
    expect(total(look({ fromMs: T0 + 140 * 60_000, toMs: T0 + 160 * 60_000 }))).toBe(20)
    expect(total(look({ endpoint: 'catch-all' }))).toBe(200)
    expect(look({ endpoint: 5 })).toMatchObject({ counted: 0, buckets: [], hasMore: false })
  })

  it('goes on after where it looked, also to what came since', () => {
    come(0, { verification: { messageId: 'a' } })
    const first = look()
    come(5, { verification: { messageId: 'b' } })
    expect(look({ afterId: first.lookedTo })).toMatchObject({ counted: 1, lookedTo: 2 })
    expect(look({ afterId: 2 })).toMatchObject({ counted: 0, lookedTo: 2, hasMore: false })
  })

  it('leaves out what is being deleted', () => {
    const gone = come(0, { verification: { messageId: 'a' } })
    come(5, { verification: { messageId: 'b' } })
    db.exec(`INSERT INTO jobs (kind, state, sentence) VALUES ('remove', 'running', '');
      INSERT INTO removed VALUES (${gone}, 1)`)
    expect(look().counted).toBe(1)
    index(2)
    expect(look().counted).toBe(1)
  })

  it('tells each gap since the attempt before, and no gap of a replay', () => {
    come(0, signed(1))
    come(5_000, signed(2))
    come(305_000, signed(3))
    come(400_000, { replayId: 1 })
    const { retryGaps, skewSamples } = look()
    expect(retryGaps.map(({ attempt, kind, gapMs }) => [attempt, kind, gapMs])).toEqual([
      [2, 'retry', 5_000],
      [3, 'retry', 300_000],
    ])
    expect(skewSamples.map(({ id }) => id)).not.toContain(4)
  })

  it('has the durations that are known', () => {
    const id = come(0)
    db.exec(`INSERT INTO delivery_times VALUES (${id}, NULL, NULL, ${T0 + 250})`)
    const [bucket] = look().buckets
    expect(bucket?.slowestMs).toBe(250)
    expect(percentile(bucket?.durations ?? [], 0.5)).toBeCloseTo(250, -1.5)
  })
})

it('buckets are round, and at most 180', () => {
  for (const span of [1, 900_000, 3_600_000, 86_400_000, 7 * 86_400_000, 1e11, 1e13]) {
    expect(span / bucketSpan(span)).toBeLessThanOrEqual(180)
  }
  expect(bucketSpan(900_000)).toBe(5_000)
  expect(bucketSpan(86_400_000)).toBe(600_000)
})
