import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, makeDelivery, temporaryDataDir } from '#engine/store/new-delivery.fixture.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { deliveryTexts } from './delivery-text.ts'
import { indexReset } from './index-reset.ts'
import { indexingOf } from './indexing.ts'
import { createLock } from './lock.ts'
import { openUpkeepDatabase } from './open-upkeep.ts'
import type { Pace } from './pace.ts'
import { purgeOf } from './purge.ts'
import { purgingOf } from './purging.ts'
import { removalsOf } from './removals.ts'
import { retentionRule } from './retention.ts'
import { searchStateTable } from './search-state.ts'
import { spaceOf } from './space.ts'

const DAY_MS = 86_400_000
const PINNED = { pinned: true, addTags: [], removeTags: [] }
const atRest: Pace = { atRest: () => true, canWait: () => false, yield: async () => undefined }
let store: Store
let db: ReturnType<typeof openUpkeepDatabase>
let dataDir: string
let nowMs = 1_700_000_000_000
const now = () => nowMs
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
  db = openUpkeepDatabase(dataDir)
})
afterEach(() => {
  db.close()
  store.close()
})

/** The part of the upkeep that deletes, without its thread and as it is after a start. */
function started() {
  const lock = createLock(db)
  const state = searchStateTable(db)
  const texts = deliveryTexts(db, dataDir)
  const indexing = indexingOf(db, texts, state, lock, atRest, () => true)
  const removals = removalsOf({ db, lock, now, undoMs: 1_000, onHidden: () => undefined })
  const purging = purgingOf({
    ...{ db, lock, state, removals, indexing, pace: atRest, now },
    purge: purgeOf(db, dataDir, texts, state, lock),
    rule: retentionRule(db, state),
    space: spaceOf(db, lock),
    onGone: () => undefined,
  })
  const due = () => [...purging.tasks, ...indexing.tasks].find((task) => task.due())
  const run = async () => {
    for (let steps = 0; steps < 200; steps++) {
      const task = due()
      if (task === undefined) return
      await task.step()
    }
  }
  const hide = async (ids: number[]) => {
    const hidden = removals.hide(ids, false)
    while (removals.due()) removals.step()
    return hidden
  }
  return { removals, purging, run, hide }
}

function arrive(count: number): void {
  for (let at = 0; at < count; at++) {
    const verification = { messageId: `msg_${at}` }
    store.commit([makeDelivery({ receivedAtMs: nowMs, verification, bodySha256: digestOf('') })])
  }
}

const ids = () => db.prepare<[], number>('SELECT id FROM deliveries ORDER BY id').pluck().all()

const purgeOne = (id: number) => {
  const state = searchStateTable(db)
  const texts = deliveryTexts(db, dataDir)
  return purgeOf(db, dataDir, texts, state, createLock(db)).step([id], true)
}
const matching = () =>
  db.prepare<[], number>("SELECT rowid FROM search WHERE search MATCH 'hook'").pluck().all()

describe('retention', () => {
  it('spares what is pinned, and what a new rule keeps, while it reads what it deletes', async () => {
    arrive(4)
    store.settings.set('retention', JSON.stringify({ maxAgeDays: 1 }))
    nowMs += 2 * DAY_MS
    const { purging } = started()
    purging.retentionChanged()
    const task = purging.tasks.find(({ name }) => name === 'retention')
    const going = task?.step()
    store.marks.apply([2], PINNED)
    await going
    expect(ids()).toEqual([2])

    arrive(2)
    nowMs += 2 * DAY_MS
    const more = task?.step()
    store.settings.set('retention', JSON.stringify({ maxAgeDays: null }))
    purging.retentionChanged()
    await more
    expect(ids()).toHaveLength(3)
  })
})

it('says when retention looks next, and no moment that is over: nobody would sleep until then', async () => {
  store.settings.set('retention', JSON.stringify({ maxAgeDays: 1 }))
  const { purging, run } = started()
  expect(purging.nextMs()).toBeNull()
  await run()
  expect(purging.nextMs()).toBe(nowMs + 60_000)
  nowMs += 60_001
  expect(purging.nextMs()).toBeNull()
})

describe('a removal whose time is over', () => {
  it('ends after a restart even when its rows are gone already, and holds up no other', async () => {
    arrive(3)
    const first = started()
    await first.run()
    await first.hide([1])
    await first.hide([2])
    nowMs += 2_000
    first.removals.expire()
    // Ended in the middle: the first one's rows are gone, and nothing was tidied up yet.
    await first.purging.tasks.find(({ name }) => name === 'removal')?.step()
    expect(ids()).toEqual([2, 3])
    await first.purging.tasks.find(({ name }) => name === 'removal')?.step()
    expect(ids()).toEqual([3])

    const second = started()
    await second.run()
    expect(second.removals.jobs.all()).toEqual([])
  })

  it('is over soon although the clock went back', async () => {
    arrive(1)
    const { hide, removals } = started()
    await hide([1])
    nowMs -= 365 * DAY_MS
    expect(removals.expire()).toBe(nowMs + 1_000)
    nowMs += 1_000
    removals.expire()
    expect(removals.jobs.all()).toMatchObject([{ state: 'purging' }])
  })

  it('can be undone when hiding failed in between', async () => {
    arrive(3)
    const { hide, removals } = started()
    db.exec(`CREATE TEMP TRIGGER refused BEFORE INSERT ON removed WHEN new.delivery_id = 2
      BEGIN SELECT raise(ABORT, 'refused'); END`)
    await expect(hide([1, 2, 3])).rejects.toThrow('refused')
    expect(removals.jobs.all()).toEqual([])
    db.exec('DROP TRIGGER refused')
  })
})

describe('an index', () => {
  it('that holds other words than the deleted delivery has is made anew, also after a crash', async () => {
    arrive(2)
    await started().run()
    db.exec('UPDATE facets SET text_check = text_check + 1 WHERE id = 1')
    expect(await purgeOne(1)).toMatchObject({ indexIsWrong: true })
    await started().run()
    expect(matching()).toEqual([2])
  })

  it('that was set aside is emptied before it is dropped', async () => {
    arrive(40)
    await started().run()
    const lock = createLock(db)
    const reset = indexReset(db, searchStateTable(db), lock)
    reset.run()
    const tables = () =>
      db
        .prepare<[], string>("SELECT name FROM sqlite_schema WHERE name GLOB 'gone_*_docsize'")
        .pluck()
        .all()
    const rows = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    expect(tables().map(rows)).toEqual([40, 40])
    while (reset.due()) {
      const before = new Map(tables().map((table) => [table, rows(table)]))
      reset.step()
      const after = tables()
      const dropped = [...before].filter(([table]) => !after.includes(table))
      expect(dropped.map(([, left]) => left).filter((left) => left !== 0)).toEqual([])
    }
    expect(tables()).toEqual([])
  })

  it('that is new is told how words are to be deleted', async () => {
    arrive(2)
    await started().run()
    const lock = createLock(db)
    const state = searchStateTable(db)
    const purge = purgeOf(db, dataDir, deliveryTexts(db, dataDir), state, lock)
    const way = db.prepare("SELECT v FROM search_config WHERE k = 'secure-delete'").pluck()
    await purge.step([1], false)
    expect(way.get()).toBe(0)
    indexReset(db, state, lock).run()
    expect(way.get()).toBe(1)
    await purge.step([2], false)
    expect(way.get()).toBe(0)
  })
})
