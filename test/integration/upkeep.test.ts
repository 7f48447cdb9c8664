import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const SECRET = whsec('upkeep')
let dataDir: string
let app: OpenedEngine
const open = async (undoMs = 200) => {
  app = await openEngine(dataDir, { undoMs })
}
/** Again, with the time for undoing that people have. */
const open30 = async () => {
  await app.engine.close()
  await open(30_000)
}
beforeEach(async () => {
  dataDir = temporaryDataDir()
  await open()
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function withDatabase<T>(use: (db: Database.Database) => T): T {
  const db = new Database(join(dataDir, 'countersign.sqlite'))
  try {
    return use(db)
  } finally {
    db.close()
  }
}
const read = <T>(sql: string, ...values: unknown[]): T[] =>
  withDatabase((db) => db.prepare<unknown[], T>(sql).all(...values))
const number = (sql: string) => Number(read<{ n: number }>(sql)[0]?.n)
const indexed = () =>
  until(
    () =>
      number('SELECT indexed_to AS n FROM search_state') ===
      number('SELECT max(id) AS n FROM deliveries'),
    'everything is indexed',
  )
const found = (words: string) =>
  read<{ id: number }>('SELECT rowid AS id FROM search WHERE search MATCH ?', words).map(
    ({ id }) => id,
  )
const idle = () => until(() => app.engine.status().jobs.length === 0, 'no job is left')
const send = (body: string, id: string) =>
  post(`${app.url}/svix`, body, svixHeaders(SECRET, body, { id }))
const shown = async () =>
  (await app.client.deliveries.list({ limit: 100 })).rows.map(({ id }) => id).reverse()

/** In the database, its log and its index of the log, and in the spooled bodies. */
function filesWith(word: string): string[] {
  const names = readdirSync(dataDir, { recursive: true, withFileTypes: true })
  const files = names
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  return files.filter((file) => readFileSync(file).includes(word))
}

function checkDatabase(): void {
  withDatabase((db) => {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    for (const index of ['search', 'search_ids']) {
      db.exec(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`)
    }
    for (const table of ['bodies', 'marks', 'delivery_times', 'removed', 'delivery_tags']) {
      const orphans = `SELECT count(*) FROM ${table} WHERE delivery_id NOT IN (SELECT id FROM deliveries)`
      expect([table, db.prepare(orphans).pluck().get()]).toEqual([table, 0])
    }
    const facets = 'SELECT count(*) FROM facets WHERE id NOT IN (SELECT id FROM deliveries)'
    expect(db.prepare(facets).pluck().get()).toBe(0)
  })
}

describe('the search index', () => {
  it('holds url, headers and body of what arrived, soon after it did', async () => {
    await post(`${app.url}/here?who=J%C3%BCrgen`, '{"text":"first\\nsecond caf\\u00e9"}', [
      'X-Thing',
      'peculiar',
    ])
    await indexed()
    expect(found('peculiar')).toEqual([1])
    expect(found('headers : "x thing peculiar"')).toEqual([1])
    expect(found('url : jurgen')).toEqual([1])
    expect(found('body : "first second cafe"')).toEqual([1])
    expect(found('body : peculiar')).toEqual([])
  })

  it('holds compressed bodies and the beginning of long ones, and no pictures', async () => {
    const long = `start ${'filler '.repeat(60_000)} finish`
    await post(`${app.url}/`, gzipSync('{"word":"squeezed"}'), ['Content-Encoding', 'gzip'])
    await post(`${app.url}/`, long)
    await post(`${app.url}/`, `${long}${'.'.repeat(1_500_000)}`)
    await post(`${app.url}/`, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    await indexed()
    expect(found('squeezed')).toEqual([1])
    expect(found('start')).toEqual([2, 3])
    expect(found('finish')).toEqual([])
    expect(read('SELECT id, text_cut AS cut FROM facets')).toEqual([
      { id: 1, cut: 0 },
      { id: 2, cut: 1 },
      { id: 3, cut: 1 },
      { id: 4, cut: 0 },
    ])
    expect(found('body : ihdr')).toEqual([])
  })

  it('catches up after a restart, and is made anew when it was damaged', async () => {
    for (let n = 0; n < 20; n++) await send(`{"n":${n}}`, `msg_${n}`)
    await app.engine.close()
    withDatabase((db) => {
      db.unsafeMode(true)
      db.exec("DELETE FROM search_data WHERE id > 10; UPDATE search_data SET block = x'ff'")
    })
    await open()
    await send('{"last":"straw"}', 'msg_last')
    await until(() => {
      try {
        return found('straw').length === 1 && found('svix').length === 21
      } catch {
        return false
      }
    }, 'the index is whole again')
    await indexed()
    checkDatabase()
    await until(
      () => number("SELECT count(*) AS n FROM sqlite_schema WHERE name GLOB 'gone_*'") === 0,
      'the damaged one is gone',
    )
    expect(app.engine.status().problems).toEqual([])
  })
})

describe('removing', () => {
  it('hides at once, and brings back when undone', async () => {
    await open30()
    for (let n = 1; n <= 5; n++) await send('{}', `msg_${n}`)
    const { jobId } = await app.client.deliveries.remove({ selection: { ids: [2, 3] } })
    expect(await shown()).toEqual([1, 4, 5])
    await expect(app.client.deliveries.get({ id: 2 })).rejects.toThrow(/was deleted/)
    await until(() => app.engine.status().jobs.length === 1, 'the job shows')
    expect(app.engine.status().jobs[0]).toMatchObject({
      id: jobId,
      kind: 'remove',
      state: 'undoable',
      sentence: '2 deliveries deleted',
      done: 2,
    })
    await app.client.deliveries.undoRemove({ id: jobId })
    expect(await shown()).toEqual([1, 2, 3, 4, 5])
    expect((await app.client.deliveries.get({ id: 2 })).id).toBe(2)
    await idle()
    await expect(app.client.deliveries.undoRemove({ id: jobId })).rejects.toThrow(/too late/)
  })

  it('leaves no byte in the files once the time for undoing is over', async () => {
    const word = 'xylophonequartz'
    await send(`{"a":"${word}"}`, 'msg_1')
    await post(`${app.url}/`, `${word} ${'long '.repeat(400_000)}`)
    await send('{"keep":"this"}', 'msg_2')
    await app.client.deliveries.note({ id: 1, text: `note ${word}` })
    await app.client.deliveries.mark({
      selection: { ids: [1] },
      change: { addTags: [word] },
    })
    await app.client.replays.create({ deliveryId: 1, url: `${app.url}/again`, resign: false })
    await indexed()
    expect(filesWith(word).length).toBeGreaterThan(1)
    await app.client.deliveries.remove({ selection: { ids: [1, 2, 4] } })
    await until(() => number('SELECT count(*) AS n FROM deliveries') === 1, 'the rows are gone')
    await idle()
    expect(filesWith(word)).toEqual([])
    expect(found('keep')).toEqual([3])
    expect(await app.client.replays.list({})).toEqual([])
    checkDatabase()
  })

  it('of everything keeps what is pinned and what arrives meanwhile', async () => {
    for (let n = 1; n <= 30; n++) await send(`{"n":${n}}`, `msg_${n}`)
    await app.client.deliveries.mark({ selection: { ids: [7, 9] }, change: { pinned: true } })
    await app.client.deliveries.remove({ selection: { filter: {}, upToId: 30, exceptIds: [11] } })
    await send('{}', 'msg_31')
    await until(async () => (await shown()).length === 4, 'they are hidden')
    expect(await shown()).toEqual([7, 9, 11, 31])
    await until(() => number('SELECT count(*) AS n FROM deliveries') === 4, 'they are gone')
    await idle()
    await indexed()
    expect(found('svix')).toEqual([7, 9, 11, 31])
    checkDatabase()
  })

  it('of what a filter finds runs as a job, beside another one', async () => {
    await open30()
    for (let n = 1; n <= 20; n++) await send(`{"n":"n${n % 2}"}`, `msg_${n}`)
    await indexed()
    const odd = { filter: { query: 'body:n1' }, upToId: 20 }
    const [first, second] = await Promise.all([
      app.client.deliveries.remove({ selection: odd }),
      app.client.deliveries.remove({ selection: { ids: [2, 4] } }),
    ])
    // The status is told a moment later: before that, it knows of fewer jobs.
    await until(() => {
      const { jobs } = app.engine.status()
      return jobs.length === 2 && jobs.every((job) => job.state === 'undoable')
    }, 'both ran')
    expect(await shown()).toEqual([6, 8, 10, 12, 14, 16, 18, 20])
    await app.client.deliveries.undoRemove({ id: second.jobId })
    await app.engine.close()
    withDatabase((db) => db.exec('UPDATE jobs SET undo_until_ms = 1'))
    await open()
    expect(await shown()).toHaveLength(10)
    await until(() => number('SELECT count(*) AS n FROM deliveries') === 10, 'the first is gone')
    await idle()
    expect(first.jobId).not.toBe(second.jobId)
    checkDatabase()
  })

  it('of earlier attempts leaves the count of the message, and a retry is one more', async () => {
    for (let n = 0; n < 3; n++) await send('{"same":1}', 'msg_same')
    await app.client.deliveries.remove({ selection: { ids: [1, 3] } })
    await until(() => number('SELECT count(*) AS n FROM deliveries') === 1, 'they are gone')
    await send('{"same":1}', 'msg_same')
    const { rows } = await app.client.deliveries.list({ limit: 1 })
    expect(rows[0]?.duplicate).toMatchObject({ originalId: 2, ordinal: 3 })
    expect(await app.client.deliveries.attempts({ id: 2 })).toHaveLength(2)
    await app.client.deliveries.remove({ selection: { ids: [2, 4] } })
    await until(() => number('SELECT count(*) AS n FROM deliveries') === 0, 'all are gone')
    expect(number('SELECT count(*) AS n FROM messages')).toBe(0)
    await send('{"same":1}', 'msg_same')
    expect((await app.client.deliveries.list({ limit: 1 })).rows[0]?.duplicate).toBeNull()
  })
})

it('retention keeps the newest so many, and pinned ones', async () => {
  for (let n = 1; n <= 40; n++) await send(`{"n":${n}}`, `msg_${n}`)
  await app.client.deliveries.mark({ selection: { ids: [3, 38] }, change: { pinned: true } })
  await app.client.settings.update({ retention: { maxCount: 5 } })
  await until(() => number('SELECT count(*) AS n FROM deliveries') === 6, 'the others are gone')
  expect(await shown()).toEqual([3, 36, 37, 38, 39, 40])
  await indexed()
  checkDatabase()
})

it('marks of many are a job; of few they stand at once', async () => {
  for (let n = 1; n <= 12; n++) await send('{}', `msg_${n}`)
  await app.client.deliveries.mark({
    selection: { filter: {}, upToId: 10, exceptIds: [4] },
    change: { pinned: true, addTags: ['seen'] },
  })
  await until(() => number('SELECT count(*) AS n FROM marks WHERE pinned') === 9, 'all are pinned')
  await idle()
  await app.client.deliveries.mark({
    selection: { ids: [4, 5] },
    change: { addTags: ['Seen', 'new'], removeTags: [] },
  })
  expect(await app.client.deliveries.tags()).toEqual([
    { name: 'seen', count: 10 },
    { name: 'new', count: 2 },
  ])
  await app.client.deliveries.mark({ selection: { ids: [4, 5] }, change: { removeTags: ['NEW'] } })
  expect(number('SELECT count(*) AS n FROM tags')).toBe(1)
})

it('facets follow what judging anew changes', async () => {
  const endpoint = await app.client.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })
  for (let n = 1; n <= 10; n++) await send('{}', `msg_abc${n}`)
  await indexed()
  expect(number("SELECT count(*) AS n FROM facets WHERE verdict = 'valid'")).toBe(10)
  await app.client.endpoints.update({ id: endpoint.id, schemeId: 'github' })
  await until(
    () => number("SELECT count(*) AS n FROM facets WHERE verdict = 'unsigned'") === 10,
    'all are judged anew',
  )
  expect(read("SELECT rowid FROM search_ids WHERE search_ids MATCH 'abc'")).toEqual([])
  await app.client.endpoints.update({ id: endpoint.id, schemeId: 'svix' })
  await until(
    () => read("SELECT rowid FROM search_ids WHERE search_ids MATCH 'abc'").length === 10,
    'ids are found again',
  )
  checkDatabase()
})
