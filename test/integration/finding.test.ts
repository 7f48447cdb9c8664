import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

let dataDir: string
let app: OpenedEngine
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir)
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const found = async (query: string) =>
  (await app.client.deliveries.list({ filter: { query } })).rows.map(({ target }) => target)

const ask = async () => ({
  word: await found('words'),
  beginning: await found('wor*'),
  header: await found('header:x-foo=bar'),
  json: await found('json:$.data.amount>9007199254740992'),
  neither: await found('-words -header:x-foo'),
  either: await found('words OR path:/one'),
})

it('finds a delivery the moment it is stored, and the same once it is indexed', async () => {
  await post(`${app.url}/one`, '{"data":{"amount":9007199254740993}}', ['X-Foo', 'bar'])
  await post(`${app.url}/two`, 'plain words')
  const expected = {
    word: ['/two'],
    beginning: ['/two'],
    header: ['/one'],
    json: ['/one'],
    neither: [],
    either: ['/two', '/one'],
  }
  expect(await ask()).toEqual(expected)
  const [newest] = (await app.client.deliveries.list({ limit: 1 })).rows
  await until(async () => {
    const { indexed } = await app.client.deliveries.get({ id: newest?.id ?? 0 })
    return indexed === 'whole'
  }, 'it is indexed')
  expect(await ask()).toEqual(expected)
  const filter = { query: 'words' }
  expect(await app.client.deliveries.tally({ filter })).toMatchObject({ count: 1, countedTo: null })
  expect(await app.client.deliveries.count({ filter })).toEqual({ count: 1, capped: false })
})

it('refuses a query that it cannot read, and says where', async () => {
  await expect(found('words size:huge')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/\(characters? \d+/),
  })
})
