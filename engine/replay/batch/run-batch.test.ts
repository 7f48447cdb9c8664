import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ended } from './progress.ts'
import { type BatchItem, type BatchRun, runBatch } from './run-batch.ts'

const item = (id: number, receivedAtMs = 0): BatchItem => ({ id, endpointId: null, receivedAtMs })

async function* from(items: readonly (BatchItem | null)[]) {
  yield* items
}

interface Script {
  items: readonly (BatchItem | null)[]
  how?: Partial<BatchRun['how']>
  /** How the one with this id ends, and after how long. */
  send: (id: number, signal: AbortSignal) => Promise<Ended>
}

function running({ items, how, send }: Script) {
  const cancel = new AbortController()
  const log = { started: [] as number[], ended: [] as Ended[], underWay: 0, most: 0 }
  const startedAt: number[] = []
  const result = runBatch({
    items: from(items),
    how: { pace: { kind: 'free' }, concurrency: 1, stopOnFailure: false, ...how },
    signal: cancel.signal,
    onEnded: (ended) => log.ended.push(ended),
    start: async ({ id }) => {
      log.started.push(id)
      startedAt.push(performance.now())
      log.underWay++
      log.most = Math.max(log.most, log.underWay)
      return { ending: send(id, cancel.signal).finally(() => log.underWay--) }
    },
  })
  return { result, log, cancel, startedAt }
}

const after = (ms: number, ended: Ended): Promise<Ended> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, ended)
  })
const ok: Ended = { status: 200, totalMs: 1 }
const bad: Ended = { status: 500, totalMs: 1 }
const tenItems = Array.from({ length: 10 }, (_, index) => item(index + 1))

describe('many', () => {
  it('start in order, never more at once than asked, and all are counted', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (given, concurrency) => {
        const items = given.map((_, index) => item(index))
        const send = (id: number) => after(given[id] ?? 0, ok)
        const { result, log } = running({ items, how: { concurrency }, send })
        expect(await result).toBe('done')
        expect(log.started).toEqual(given.map((_, index) => index))
        expect(log.ended).toHaveLength(given.length)
        expect(log.most).toBeLessThanOrEqual(concurrency)
        expect(log.most).toBe(Math.min(concurrency, given.length, log.most))
      }),
      { numRuns: 30 },
    )
  })

  it('really run at once', async () => {
    const { result, log } = running({
      items: tenItems,
      how: { concurrency: 4 },
      send: () => after(10, ok),
    })
    await result
    expect(log.most).toBe(4)
  })

  it('stop at the first failure; what was under way still ends', async () => {
    const { result, log } = running({
      items: tenItems,
      how: { concurrency: 3, stopOnFailure: true },
      send: (id) => (id === 2 ? after(1, bad) : after(30, ok)),
    })
    expect(await result).toBe('stopped')
    expect(log.started).toEqual([1, 2, 3])
    expect(log.ended).toEqual([bad, ok, ok])
  })

  it('go on after failures otherwise, and say what is gone', async () => {
    const { result, log } = running({
      items: [item(1), null, item(3)],
      send: async () => ({ error: 'Nothing listens.' }),
    })
    expect(await result).toBe('done')
    expect(log.ended.map((ended) => Object.keys(ended)[0])).toEqual(['error', 'skipped', 'error'])
  })

  it('end at once when cancelled, also in a gap of a day', async () => {
    const day = 86_400_000
    const { result, log, cancel } = running({
      items: [item(1, 0), item(2, 30 * day)],
      how: { pace: { kind: 'gaps', speed: 1 } },
      send: () => after(1, ok),
    })
    await after(30, ok)
    cancel.abort()
    expect(await result).toBe('cancelled')
    expect(log.started).toEqual([1])
  })

  it('a failure ends a long gap where it stops everything', async () => {
    const { result, log } = running({
      items: [item(1, 0), item(2, 86_400_000)],
      how: { pace: { kind: 'gaps', speed: 1 }, stopOnFailure: true },
      send: () => after(5, bad),
    })
    expect(await result).toBe('stopped')
    expect(log.started).toEqual([1])
  })

  it('keep their gaps', async () => {
    const items = [0, 1_000, 3_000].map((at, id) => item(id, at))
    const { result, startedAt } = running({
      items,
      how: { pace: { kind: 'gaps', speed: 20 }, concurrency: 8 },
      send: async () => ok,
    })
    await result
    const [first = 0, second = 0, third = 0] = startedAt
    expect(second - first).toBeGreaterThanOrEqual(49)
    // What is late does not push the rest back, so each is measured from the first.
    expect(third - first).toBeGreaterThanOrEqual(149)
  })

  it('reject when something cannot be stored, once nothing is under way', async () => {
    const { result, log } = running({
      items: tenItems,
      how: { concurrency: 2 },
      send: (id) => (id === 1 ? Promise.reject(new Error('disk full')) : after(20, ok)),
    })
    await expect(result).rejects.toThrow('disk full')
    expect(log.underWay).toBe(0)
    expect(log.started.length).toBeLessThanOrEqual(3)
  })
})
