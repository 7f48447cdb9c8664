import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, makeDelivery, temporaryDataDir } from '#engine/store/new-delivery.fixture.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { deliveryTexts } from './delivery-text.ts'
import { indexFiller } from './index-filler.ts'
import { createLock } from './lock.ts'
import { openUpkeepDatabase } from './open-upkeep.ts'
import { retentionRule } from './retention.ts'
import { searchStateTable } from './search-state.ts'

const DAY_MS = 86_400_000
const NOW_MS = 1_700_000_000_000
let store: Store
let db: ReturnType<typeof openUpkeepDatabase>
let dataDir: string
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
  db = openUpkeepDatabase(dataDir)
})
afterEach(() => {
  db.close()
  store.close()
})

/** One delivery a day, the newest today; the bodies have so many bytes. */
function arrive(lengths: readonly number[]): void {
  const batch = lengths.map((length, at) =>
    makeDelivery({
      receivedAtMs: NOW_MS - (lengths.length - 1 - at) * DAY_MS,
      bodyText: 'x'.repeat(length),
      rawHeaders: [],
      signatureDigest: digestOf(String(at)),
      verification: { messageId: `msg_${at}` },
    }),
  )
  store.commit(batch)
}

async function index(): Promise<void> {
  const state = searchStateTable(db)
  const filler = indexFiller(db, deliveryTexts(db, dataDir), state, createLock(db))
  while ((await filler.step()).rows > 0) continue
}

function doomed(retention: object, limit = 100): number[] {
  store.settings.set('retention', JSON.stringify(retention))
  const rule = retentionRule(db, searchStateTable(db))
  rule.reload()
  return rule.next(limit, NOW_MS)
}

describe('retention', () => {
  it('limits nothing by default, nor by text that cannot be read', () => {
    arrive([1, 1])
    const rule = retentionRule(db, searchStateTable(db))
    rule.reload()
    expect(rule.next(10, NOW_MS)).toEqual([])
    store.settings.set('retention', '{"maxCount":')
    rule.reload()
    expect(rule.next(10, NOW_MS)).toEqual([])
  })

  it('keeps the newest so many, indexed or not, and pinned ones beside them', async () => {
    arrive([1, 1, 1])
    await index()
    arrive([1, 1, 1])
    store.marks.apply([2], { pinned: true, addTags: [], removeTags: [] })
    expect(doomed({ maxCount: 3 })).toEqual([1, 3])
    expect(doomed({ maxCount: 6 })).toEqual([])
    expect(doomed({ maxCount: 1 }, 2)).toEqual([1, 3])
    expect(doomed({ maxCount: 1 })).toEqual([1, 3, 4, 5])
  })

  it('goes by age', () => {
    arrive([1, 1, 1, 1])
    expect(doomed({ maxAgeDays: 1.5 })).toEqual([1, 2])
    expect(doomed({ maxAgeDays: 3 })).toEqual([])
  })

  it('goes by bytes, of the oldest no more than is too much', async () => {
    arrive([900_000, 900_000, 900_000, 100])
    await index()
    expect(doomed({ maxBytes: 2_000_000 })).toEqual([1])
    expect(doomed({ maxBytes: 1_000_000 })).toEqual([1, 2])
    store.marks.apply([1], { pinned: true, addTags: [], removeTags: [] })
    expect(doomed({ maxBytes: 2_000_000 })).toEqual([])
    expect(doomed({ maxBytes: 1_000_000 })).toEqual([2])
  })

  it('passes over many that stay', () => {
    arrive(Array.from({ length: 1_300 }, () => 1))
    const ids = Array.from({ length: 1_200 }, (_, at) => at + 1)
    store.marks.apply(ids, { pinned: true, addTags: [], removeTags: [] })
    expect(doomed({ maxCount: 50 }, 3)).toEqual([1_201, 1_202, 1_203])
  })

  it('spares what waits to be sent on from the count, not from age and bytes', async () => {
    const receivedAtMs = NOW_MS - 9 * DAY_MS
    const forward = { url: 'http://localhost', nextAtMs: 1, detail: null }
    const bodyText = 'x'.repeat(3_000_000)
    store.commit([
      makeDelivery({ receivedAtMs, bodyText, forwards: [{ ...forward, state: 'waiting' }] }),
      makeDelivery({ receivedAtMs, bodyText, forwards: [{ ...forward, state: 'dropped' }] }),
    ])
    arrive([10, 10, 10, 10])
    await index()
    expect(doomed({ maxCount: 2 })).toEqual([2, 3, 4])
    expect(doomed({ maxAgeDays: 8 })).toEqual([1, 2])
    expect(doomed({ maxCount: 100, maxBytes: 5_000_000 })).toEqual([1])
  })
})
