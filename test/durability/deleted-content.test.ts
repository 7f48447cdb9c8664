import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forwardingTo, type Handler, openHandler } from '#test/integration/forwarding-rig.ts'
import {
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from '#test/integration/opened-engine.ts'
import { Canaries, type Canary } from './canaries.ts'
import { withoutUnusedRoom } from './unused-room.ts'

const MANY = 80
const SPOOLED_EVERY = 20
const DAY_MS = 86_400_000

let dataDir: string
let app: OpenedEngine
let handler: Handler
let canaries: Canaries
beforeEach(async () => {
  dataDir = temporaryDataDir()
  canaries = new Canaries(7)
  // The target echoes: its answers are copies of what was delivered.
  handler = await openHandler((request, response) => void response.end(`echo ${request.body}`))
  app = await openEngine(dataDir, { undoMs: 50 })
})
afterEach(async () => {
  await app.engine.close()
  await handler.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function withDatabase<T>(use: (db: Database.Database) => T): T {
  const db = new Database(join(dataDir, 'countersign.sqlite'))
  db.pragma('secure_delete = ON')
  try {
    return use(db)
  } finally {
    db.close()
  }
}
const countOf = (sql: string) => withDatabase((db) => Number(db.prepare(sql).pluck().get()))
const size = (name: string) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0
const stored = () =>
  withDatabase((db) =>
    db.prepare<[], number>('SELECT id FROM deliveries ORDER BY id').pluck().all(),
  )

/** A delivery with words of its own in every place that a sender can fill. */
async function deliver(number: number): Promise<void> {
  const word = (place: string) => canaries.word(number, place)
  const text = JSON.stringify({ type: word('type'), text: `some words and ${word('body')}` })
  const long = number % SPOOLED_EVERY === 0 ? ' '.repeat(1_100_000) : ''
  const isSqueezed = number % 10 === 3
  const body = isSqueezed ? gzipSync(text) : Buffer.from(text + long)
  const headers = [
    ...['webhook-id', `msg_${word('id')}`, 'webhook-timestamp', '1700000000'],
    ...['webhook-signature', `v1,${word('signature')}`, 'X-Thing', `a ${word('header')}`],
    ...['Content-Type', 'application/json'],
    ...(isSqueezed ? ['Content-Encoding', 'gzip'] : []),
  ]
  const target = `/hook/${word('path')}?q=${word('query')}`
  expect((await post(app.url + target, body, headers)).status).toBe(200)
}

/** So many deliveries, forwarded, replayed, noted, tagged and indexed. */
async function fill(): Promise<void> {
  const forwarding = forwardingTo([handler.url], { when: 'before-answer' })
  const hook = { name: 'hook', path: '/hook/*', schemeId: 'standard-webhooks', forwarding }
  await app.client.endpoints.create(hook)
  for (let number = 1; number <= MANY; number++) {
    await deliver(number)
    if (number % 4 !== 0) continue
    await app.client.deliveries.note({ id: number, text: `see ${canaries.word(number, 'note')}` })
    const addTags = [canaries.word(number, 'tag')]
    await app.client.deliveries.mark({ selection: { ids: [number] }, change: { addTags } })
    const edits = { body: new Blob([canaries.word(number, 'edited')]) }
    const url = `${handler.url}/again`
    await app.client.replays.create({ deliveryId: number, url, resign: false, edits })
  }
  const ids = Array.from({ length: MANY }, (_, index) => index + 1)
  const { id } = await app.client.batches.create({
    ...{ selection: { ids }, url: handler.url, resign: false, concurrency: 8 },
  })
  await until(async () => (await app.client.batches.get({ id })).state === 'done', 'all are sent')
  await until(
    () => countOf('SELECT indexed_to FROM search_state') === MANY,
    'everything is indexed',
    20_000,
  )
}

/**
 * Until the rows are gone, their words, and what the log held of them.
 * @param log so many bytes may be in the log: that a job is over is itself written there
 */
async function tidied(left: number, log = 100_000): Promise<void> {
  await until(() => countOf('SELECT count(*) FROM deliveries') === left, 'they are gone', 20_000)
  await until(() => app.engine.status().jobs.length === 0, 'no job is left', 20_000)
  await until(
    () => countOf('SELECT leftovers FROM search_state') === 0,
    'no words are left',
    20_000,
  )
  await until(() => size('countersign.sqlite-wal') <= log, 'the log is emptied', 20_000)
}

/**
 * What a file holds. Of the database without the room in its pages that nothing uses: SQLite does
 * not overwrite it when it moves cells (docs/testing.md tells what that means).
 */
function contentOf(file: string): Buffer {
  const bytes = readFileSync(file)
  return file.endsWith('.sqlite') ? withoutUnusedRoom(bytes) : bytes
}

function wordsIn(): (Canary & { file: string })[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return files.flatMap((file) =>
    canaries.find(contentOf(file)).map((canary) => ({ ...canary, file: basename(file) })),
  )
}

/** No word of deleted deliveries is in any file, and those of kept ones all are still there. */
function expectOnly(kept: readonly number[]): void {
  const found = wordsIn()
  expect(found.filter(({ number }) => !kept.includes(number))).toEqual([])
  const places = (number: number) => found.filter((one) => one.number === number)
  for (const number of kept) expect(places(number).length).toBeGreaterThan(3)
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('what was deleted is in no file any more', () => {
  it('by hand: some in between, then most', async () => {
    await fill()
    const some = range(1, MANY).filter((id) => id % 7 === 0)
    await app.client.deliveries.remove({ selection: { ids: some } })
    const kept = range(1, MANY).filter((id) => id % 7 !== 0)
    await tidied(kept.length)
    expectOnly(kept)
    const most = { filter: {}, upToId: MANY, exceptIds: [5, 50, 71] }
    const before = size('countersign.sqlite')
    await app.client.deliveries.remove({ selection: most })
    await tidied(3)
    expectOnly([5, 50, 71])
    expect(size('countersign.sqlite')).toBeLessThan(before / 2)
    expect(countOf('PRAGMA freelist_count')).toBe(0)
  }, 60_000)

  it('by count, bytes and age, and what is pinned is not touched', async () => {
    await fill()
    const pinned = { selection: { ids: [4, 20, 21] }, change: { pinned: true } }
    await app.client.deliveries.mark(pinned)
    await app.client.settings.update({ retention: { maxCount: 50 } })
    const newest = range(MANY - 49, MANY)
    await until(() => stored().length === 53, 'the oldest are gone', 20_000)
    await tidied(53, 0)
    expectOnly([4, 20, 21, ...newest])

    // Of what is left, four bodies are large, and the oldest of them is pinned.
    await app.client.settings.update({ retention: { maxCount: null, maxBytes: 2_500_000 } })
    await until(() => !stored().includes(40), 'the oldest large one is gone', 20_000)
    await tidied(stored().length, 0)
    expectOnly(stored())
    expect(stored()).toEqual(expect.arrayContaining([4, 20, 21, 60, 80]))

    await app.engine.close()
    const old = Date.now() - 3 * DAY_MS
    withDatabase((db) => db.exec(`UPDATE deliveries SET received_at_ms = ${old} WHERE id < 75`))
    app = await openEngine(dataDir, { undoMs: 50 })
    await app.client.settings.update({ retention: { maxAgeDays: 2, maxBytes: null } })
    await tidied(9, 0)
    expectOnly([4, 20, 21, ...range(75, MANY)])
    expect(countOf('PRAGMA freelist_count')).toBe(0)
    const bodies = readdirSync(join(dataDir, 'bodies'))
    expect(bodies).toHaveLength(2)
  }, 60_000)
})
