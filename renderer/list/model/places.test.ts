import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SortColumn } from '#contract/delivery.ts'
import { byTime, FakeEngine } from './fake-engine.fixture.ts'
import { fetchWhole } from './list-source.ts'
import { rangeAt } from './places.ts'
import { countSnapshot, placesOf, rankOf, takeSnapshot } from './snapshot.ts'
import { positionOf } from './position.ts'

const { signal } = new AbortController()

async function counted(engine: FakeEngine, view = byTime) {
  const snapshot = await takeSnapshot(engine, view, signal)
  await countSnapshot(engine, snapshot, signal, ({ anchors, count, complete }) =>
    Object.assign(snapshot, { anchors, counted: count, complete }),
  )
  return snapshot
}

describe('rangeAt', () => {
  const engine = new FakeEngine(4_321)
  const sorts: SortColumn[] = ['time', 'size', 'skew']

  it('finds any row of any order through an anchor and at most a thousand skipped rows', async () => {
    const at = fc.record({
      sort: fc.constantFrom(...sorts),
      ascending: fc.boolean(),
      from: fc.nat(4_320),
      limit: fc.integer({ min: 1, max: 200 }),
    })
    await fc.assert(
      fc.asyncProperty(at, async ({ sort, ascending, from, limit }) => {
        const view = { ...byTime, sort, ascending }
        const snapshot = await counted(engine, view)
        expect(snapshot.counted).toBe(4_321)
        const range = rangeAt(placesOf(snapshot), from, limit)
        if (range === null) throw new Error('no range')
        expect(range.skip).toBeLessThanOrEqual(1_000)
        const found = await fetchWhole(engine, view, range, signal)
        const ids = engine.sorted(view).map(({ id }) => id)
        expect(found.rows.map(({ id }) => id)).toEqual(ids.slice(from, from + limit))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps every coordinate when thousands arrive above', async () => {
    const busy = new FakeEngine(2_500)
    const snapshot = await counted(busy)
    for (const many of [1, 700, 1_800, 57]) {
      await snapshot.arrivals.advance(busy.arrive(many), signal, () => undefined)
    }
    expect(snapshot.arrivals.count).toBe(2_558)
    const ids = busy.sorted(byTime).map(({ id }) => id)
    for (const from of [-2_558, -2_000, -1_999, -1_000, -200, 0, 1, 999, 1_000, 2_499]) {
      const range = rangeAt(placesOf(snapshot), from, 1)
      const found = range && (await fetchWhole(busy, byTime, range, signal))
      expect(found?.rows.map(({ id }) => id)).toEqual([ids[from + 2_558]])
    }
  })

  it('says null for what is not known yet', async () => {
    const snapshot = await takeSnapshot(engine, byTime, signal)
    expect(rangeAt(placesOf(snapshot), 1_001, 10)).toBeNull()
    expect(rangeAt(placesOf(snapshot), 1_000, 10)).not.toBeNull()
  })

  it('takes over the skip of a search that ran out of time', async () => {
    engine.lookAt = 150
    const snapshot = await counted(engine)
    const range = rangeAt(placesOf(snapshot), 2_900, 100)
    const found = range && (await fetchWhole(engine, byTime, range, signal))
    engine.lookAt = Number.POSITIVE_INFINITY
    expect(found?.rows.map(({ id }) => id)).toEqual(
      Array.from({ length: 100 }, (_, index) => 4_321 - 2_900 - index),
    )
  })
})

describe('rankOf', () => {
  it('counts the rows in front of a place, also of one that is gone', async () => {
    const engine = new FakeEngine(3_456)
    engine.lookAt = 400
    const view = { ...byTime, sort: 'size' as const }
    const gone = engine.sorted(view)[2_345]
    if (!gone) throw new Error('no row')
    engine.remove(gone.id)
    const snapshot = await counted(engine, view)
    expect(await rankOf(engine, snapshot, positionOf(gone, 'size'), signal)).toBe(2_345)
  })
})
