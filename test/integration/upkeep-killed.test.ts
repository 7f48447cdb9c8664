import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { digestOf, makeDelivery } from '#engine/store/new-delivery.fixture.ts'
import { openStore } from '#engine/store/open-store.ts'
import { builtOr } from '#test/built/folder.ts'
import { openEngine, temporaryDataDir } from './opened-engine.ts'

const MANY = 3_000
const REMOVED = 1_500
const dataDir = temporaryDataDir()
const file = join(dataDir, 'countersign.sqlite')
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function withDatabase<T>(use: (db: Database.Database) => T): T {
  const db = new Database(file)
  try {
    return use(db)
  } finally {
    db.close()
  }
}
const number = (db: Database.Database, sql: string) => Number(db.prepare(sql).pluck().get())

const isDone = (db: Database.Database) =>
  number(db, 'SELECT count(*) FROM jobs') === 0 &&
  number(db, 'SELECT indexed_to FROM search_state') >= MANY - 1

function seed(): void {
  const store = openStore(dataDir)
  for (let n = 0; n < MANY; n += 100) {
    const batch = Array.from({ length: 100 }, (_, index) => {
      const id = n + index
      return makeDelivery({
        bodyText: JSON.stringify({ id, text: `some words, of which marker${id}z is one` }),
        signatureDigest: digestOf(String(id)),
        rawHeaders: [['Content-Type', 'application/json']],
        verification: { messageId: `msg_${id % 1_000}` },
      })
    })
    store.commit(batch)
  }
  store.close()
}

/** Runs an engine as a process until something holds in its database, and kills it. */
async function runUntil(holds: (db: Database.Database) => boolean): Promise<void> {
  const engine = spawn(process.execPath, [
    builtOr(join(import.meta.dirname, 'engine-process.ts'), 'engine-process.cjs'),
    dataDir,
  ])
  const ended = new Promise((resolve) => engine.once('exit', resolve))
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  try {
    const giveUpAt = Date.now() + 40_000
    while (!holds(db) && Date.now() < giveUpAt) await new Promise((next) => setTimeout(next, 2))
    expect(holds(db)).toBe(true)
  } finally {
    db.close()
    engine.kill('SIGKILL')
    await ended
  }
}

function checkIndex(db: Database.Database): void {
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  for (const index of ['search', 'search_ids']) {
    db.exec(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`)
  }
  const indexed = 'id <= (SELECT indexed_to FROM search_state)'
  const ids = db.prepare(`SELECT id FROM deliveries WHERE ${indexed} ORDER BY id`).pluck().all()
  const facets = db.prepare(`SELECT id FROM facets WHERE ${indexed} ORDER BY id`).pluck().all()
  const words = "SELECT rowid FROM search WHERE search MATCH 'words' ORDER BY rowid"
  expect(facets).toEqual(ids)
  expect(db.prepare(words).pluck().all()).toEqual(ids)
  for (const table of ['bodies', 'removed', 'facets']) {
    const key = table === 'facets' ? 'id' : 'delivery_id'
    const orphans = `SELECT count(*) FROM ${table} WHERE ${key} NOT IN (SELECT id FROM deliveries)`
    expect([table, number(db, orphans)]).toEqual([table, 0])
  }
}

it('killed again and again while it indexes and deletes, it loses and keeps nothing wrong', async () => {
  seed()
  expect(existsSync(file)).toBe(true)
  for (const part of [0.1, 0.3]) {
    await runUntil((db) => number(db, 'SELECT indexed_to FROM search_state') > MANY * part)
    withDatabase(checkIndex)
  }
  withDatabase((db) => {
    db.exec(`INSERT INTO jobs (id, kind, state, sentence, total, undo_until_ms)
        VALUES (1, 'remove', 'undoable', '', ${REMOVED}, 1);
      INSERT INTO removed SELECT id, 1 FROM deliveries WHERE id % 2 = 0`)
  })
  for (const part of [0.9, 0.5]) {
    const left = MANY - REMOVED * (1 - part)
    await runUntil((db) => number(db, 'SELECT count(*) FROM deliveries') < left)
    withDatabase(checkIndex)
  }
  const app = await openEngine(dataDir)
  while (!withDatabase(isDone)) await new Promise((next) => setTimeout(next, 50))
  await app.engine.close()
  withDatabase((db) => {
    checkIndex(db)
    expect(number(db, 'SELECT count(*) FROM deliveries')).toBe(MANY - REMOVED)
    expect(number(db, 'SELECT leftovers FROM search_state')).toBe(0)
    expect(Number(db.pragma('freelist_count', { simple: true }))).toBeLessThan(200)
  })
}, 180_000)
