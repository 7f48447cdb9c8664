import { describe, expect, it, vi } from 'vitest'
import type { Change } from '#contract/status.ts'
import { byTime, FakeEngine } from './fake-engine.fixture.ts'
import { LongList } from './long-list.ts'

const quiet: Change = {
  fromSeq: 1,
  toSeq: 1,
  arrived: 0,
  newestDeliveryId: null,
  judged: false,
  answered: false,
  endpoints: false,
  removed: false,
  marks: false,
  savedFilters: false,
  settings: false,
  replays: false,
  runs: false,
  status: false,
}

async function opened(engine: FakeEngine, change: Partial<typeof byTime> = {}) {
  const list = new LongList(engine, { ...byTime, ...change })
  list.start()
  await vi.waitFor(() => expect(list.state().phase).toBe('ready'))
  return list
}

const complete = (list: LongList) =>
  vi.waitFor(() => expect(list.state().complete).toBe(true), { timeout: 5_000 })

function arrive(engine: FakeEngine, list: LongList, count: number): void {
  const newestDeliveryId = engine.arrive(count)
  list.changed({ ...quiet, arrived: count, newestDeliveryId })
}

/** The ids from the first row on that are held without a gap. */
const shown = (list: LongList, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => list.rowAt(from + index)?.id)

const down = (from: number, count: number) => Array.from({ length: count }, (_, n) => from - n)

describe('LongList', () => {
  it('knows its first page at once and its length when it is counted', async () => {
    const engine = new FakeEngine(5_000)
    engine.lookAt = 1_300
    const list = await opened(engine)
    expect(list.state().end).toBeGreaterThanOrEqual(200)
    expect(shown(list, 0, 3)).toEqual([5_000, 4_999, 4_998])
    await complete(list)
    expect(list.state().end).toBe(5_000)
  })

  it('fetches what is looked at, wherever it is, and holds a bounded part', async () => {
    const engine = new FakeEngine(9_000)
    const list = await opened(engine)
    await complete(list)
    for (let at = 0; at < 9_000; at += 300) {
      list.look(at, at + 30, at === 0)
      await vi.waitFor(() => expect(list.rowAt(at)?.id).toBe(9_000 - at))
    }
    list.look(8_970, 9_000, false)
    await vi.waitFor(() => expect(shown(list, 8_970, 30)).toEqual(down(30, 30)))
    expect(list.rowAt(0)).toBeUndefined()
  })

  it('misses nothing that arrives while it is read anew', async () => {
    const engine = new FakeEngine(0)
    const list = await opened(engine)
    const gate = new EventTarget()
    const held = new Promise((resolve) => {
      gate.addEventListener('open', resolve)
    })
    const read = engine.list.bind(engine)
    engine.list = async (view, range, signal) => {
      const page = await read(view, range, signal)
      await held
      return page
    }
    // An endpoint was made; the page that is read now does not have the delivery that comes next.
    list.changed('everything')
    await new Promise((resolve) => setTimeout(resolve, 250))
    arrive(engine, list, 1)
    await new Promise((resolve) => setTimeout(resolve, 150))
    gate.dispatchEvent(new Event('open'))
    await vi.waitFor(() => expect(list.rowAt(list.state().top)?.id).toBe(1))
  })

  it('follows the newest at the top, and counts them elsewhere', async () => {
    const engine = new FakeEngine(1_000)
    const list = await opened(engine)
    await complete(list)
    list.look(0, 30, true)
    arrive(engine, list, 3)
    await vi.waitFor(() => expect(list.state().top).toBe(-3))
    expect(shown(list, -3, 5)).toEqual(down(1_003, 5))
    list.look(100, 130, false)
    arrive(engine, list, 12)
    await vi.waitFor(() => expect(list.state().unseen).toBe(12))
    expect(list.state().top).toBe(-3)
    list.showNewest()
    list.look(-15, 15, true)
    await vi.waitFor(() => expect(shown(list, -15, 30)).toEqual(down(1_015, 30)))
  })

  it('moves nothing while paused', async () => {
    const engine = new FakeEngine(50)
    const list = await opened(engine)
    list.look(0, 30, true)
    list.pause()
    arrive(engine, list, 7)
    await vi.waitFor(() => expect(list.state().unseen).toBe(7))
    expect(list.state().top).toBe(0)
    list.resume()
    expect(list.state()).toMatchObject({ top: -7, unseen: 0 })
  })

  it('counts what arrives in an order where it does not come first', async () => {
    const engine = new FakeEngine(600)
    const list = await opened(engine, { sort: 'size' })
    await complete(list)
    list.look(0, 30, true)
    arrive(engine, list, 4)
    await vi.waitFor(() => expect(list.state().unseen).toBe(4))
    expect(list.state().top).toBe(0)
  })

  it('keeps what is under the eye where it is when rows above it leave', async () => {
    const engine = new FakeEngine(9_000)
    const list = await opened(engine)
    await complete(list)
    list.look(5_000, 5_030, false)
    await vi.waitFor(() => expect(list.rowAt(5_000)?.id).toBe(4_000))
    engine.remove(...down(8_999, 250))
    list.changed({ ...quiet, removed: true })
    await vi.waitFor(() => expect(list.state().moved.serial).toBe(2), { timeout: 3_000 })
    expect(list.state().moved).toMatchObject({ coordinates: -250, rows: -250 })
    expect(list.rowAt(4_750)?.id).toBe(4_000)
    expect(list.state().end).toBe(8_750)
  })

  it('lets a removed row under the eye go at once', async () => {
    const engine = new FakeEngine(9_000)
    const list = await opened(engine)
    await complete(list)
    list.look(5_000, 5_030, false)
    await vi.waitFor(() => expect(list.rowAt(5_002)?.id).toBe(3_998))
    engine.remove(3_998, 3_997)
    list.changed({ ...quiet, removed: true })
    await vi.waitFor(() => expect(list.rowAt(5_002)?.id).toBe(3_996))
    expect(list.rowAt(5_000)?.id).toBe(4_000)
  })

  it('remembers what was not shown over a new count', async () => {
    const engine = new FakeEngine(2_000)
    const list = await opened(engine)
    await complete(list)
    list.look(500, 530, false)
    arrive(engine, list, 9)
    await vi.waitFor(() => expect(list.state().unseen).toBe(9))
    engine.remove(1)
    list.changed({ ...quiet, removed: true })
    await vi.waitFor(() => expect(list.state().moved.serial).toBe(2), { timeout: 3_000 })
    expect(list.state()).toMatchObject({ top: 9, unseen: 9, end: 2_008 })
    expect(list.state().moved.rows).toBe(0)
  })

  it('searches on only while the end of what was found is in view, and until it is stopped', async () => {
    const engine = new FakeEngine(20_000)
    engine.lookAt = 1_000
    engine.matches = (row) => row.id % 10 === 0
    const list = await opened(engine, { filter: { query: 'json:$.a' } })
    list.look(0, 30, true)
    await vi.waitFor(() => expect(list.state().end).toBeGreaterThanOrEqual(70))
    expect(list.state().end).toBeLessThan(300)
    expect(list.state().search).toMatchObject({ running: false })
    const found = list.state().end
    list.stopSearch()
    list.look(found - 20, found, false)
    list.keepSearching()
    await vi.waitFor(() => expect(list.state().end).toBeGreaterThan(found))
    list.look(0, 2_000, false)
    await complete(list)
    expect(list.state()).toMatchObject({ end: 2_000, search: null })
  })

  it('drops the answers to what was asked before it was stopped', async () => {
    const engine = new FakeEngine(100)
    const list = new LongList(engine, byTime)
    list.start()
    list.stop()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(list.state().phase).toBe('loading')
  })
})
