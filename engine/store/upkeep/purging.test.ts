import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, makeDelivery, temporaryDataDir } from '#engine/store/new-delivery.fixture.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { deliveryTexts } from './delivery-text.ts'
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
  const indexing = indexingOf(db, texts, state, lock, atRest)
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
})
