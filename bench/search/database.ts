import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openStore } from '#engine/store/open-store.ts'
import type { DeliveryTimes } from '#engine/store/types.ts'
import { deliveryTexts } from '#engine/store/upkeep/delivery-text.ts'
import { indexFiller } from '#engine/store/upkeep/index-filler.ts'
import { indexMerger } from '#engine/store/upkeep/index-merger.ts'
import { createLock } from '#engine/store/upkeep/lock.ts'
import { openUpkeepDatabase } from '#engine/store/upkeep/open-upkeep.ts'
import { searchStateTable } from '#engine/store/upkeep/search-state.ts'
import { deliveryMaker, START_MS } from './made-deliveries.ts'

const BATCH = 1_000
/** Measured runs add a few deliveries each: with so many more it is made anew. */
const MOST_MORE = 50_000
const SEED = 1
/** Rises when other deliveries are made: then earlier databases are not taken. */
const VERSION = 2

/**
 * The data directory with `count` deliveries, made through the store's writer and the upkeep's
 * indexer; kept in the system's folder for temporary files between runs.
 */
export async function benchDatabase(count: number): Promise<string> {
  const dataDir = path.join(os.tmpdir(), `countersign-bench-search-${VERSION}-${count}`)
  const store = openStore(dataDir)
  const stored = newestId(dataDir)
  if (stored > count + MOST_MORE) {
    store.close()
    fs.rmSync(dataDir, { recursive: true, force: true })
    return benchDatabase(count)
  }
  if (stored === 0) {
    for (const name of ['stripe', 'github', 'shopify', 'svix']) {
      store.endpoints.create({ name, path: `/hooks/${name}`, schemeId: name, tolerance: null })
    }
  }
  const make = deliveryMaker(SEED, START_MS)
  const say = progress('stored', count)
  let times: DeliveryTimes[] = []
  for (let at = 0; at < count; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - at) }, (_, nth) => make(at + nth))
    if (at + batch.length <= stored) continue
    const done = store.commit(batch, times)
    times = done.map(({ id }, nth) => timesOf(id, batch[nth]?.receivedAtMs ?? 0))
    say(at + batch.length)
  }
  store.commit([], times)
  store.close()
  await indexAll(dataDir)
  return dataDir
}

function timesOf(id: number, receivedAtMs: number): DeliveryTimes {
  const [connectedAtMs, committedAtMs] = [receivedAtMs - 1, receivedAtMs + 3]
  return { id, connectedAtMs, committedAtMs, answeredAtMs: committedAtMs + (id % 40) }
}

function newestId(dataDir: string): number {
  const db = openUpkeepDatabase(dataDir)
  try {
    return db.prepare<[], number | null>('SELECT max(id) FROM deliveries').pluck().get() ?? 0
  } finally {
    db.close()
  }
}

/** What the upkeep thread does when it has nothing to wait for. */
async function indexAll(dataDir: string): Promise<void> {
  const db = openUpkeepDatabase(dataDir)
  const lock = createLock(db)
  const state = searchStateTable(db)
  const texts = deliveryTexts(db, dataDir)
  const filler = indexFiller(db, texts, state, lock)
  const merger = indexMerger(db, state, lock)
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM deliveries').pluck().get() ?? 0
  const say = progress('indexed', newest)
  for (;;) {
    while (merger.due(false)) merger.step()
    const { rows } = await filler.step()
    if (rows === 0) break
    merger.written()
    say(state.get().indexedTo)
  }
  while (merger.due(true)) merger.step()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

export function sizeOf(dataDir: string): number {
  return fs
    .readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { name }) => sum + fs.statSync(path.join(dataDir, name)).size, 0)
}

function progress(what: string, total: number) {
  let told = 0
  return (done: number) => {
    if (done - told < total / 10) return
    told = done
    console.log(`  ${what} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`)
  }
}
