import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Handler, openHandler } from './forwarding-rig.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const dataDir = temporaryDataDir()
const TOKEN = 'a-token-given-for-this-once'
let app: OpenedEngine
let handler: Handler
beforeAll(async () => {
  app = await openEngine(dataDir)
  handler = await openHandler()
})
afterAll(async () => {
  await handler.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** How often a text stands in any file of the data directory. */
function timesStored(text: string): number {
  const files = readdirSync(dataDir, { withFileTypes: true, recursive: true })
  return files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    .reduce((sum, content) => sum + content.split(text).length - 1, 0)
}

it('a token that is given for one request goes out with it and is stored nowhere', async () => {
  const { client } = app
  const signing = { url: handler.url, resign: true, secretText: TOKEN }
  const headers = ['content-type', 'application/json', 'x-gitlab-token', 'another']
  await post(`${app.url}/hook`, '{}', [...headers, 'x-gitlab-event', 'Push Hook'])
  const [row] = (await client.deliveries.list({ limit: 1 })).rows
  const deliveryId = Number(row?.id)
  const replay = await client.replays.create({ ...signing, deliveryId })
  const { id } = await client.batches.create({ ...signing, selection: { ids: [deliveryId] } })
  await until(async () => (await client.batches.get({ id })).state === 'done', 'it is done')
  const draft = { schemeId: 'gitlab-token', body: { kind: 'template' as const, text: '{}' } }
  await client.compose.send({ ...signing, draft })
  expect(handler.handled.map(({ headers: { 'x-gitlab-token': token } }) => token)).toEqual(
    Array(3).fill(TOKEN),
  )
  expect(replay.request.rawHeaders.map(([name, value]) => `${name}: ${value}`)).toContain(
    'x-gitlab-token: ********',
  )
  await app.engine.close()
  expect(timesStored('gitlab')).toBeGreaterThan(0)
  expect(timesStored(TOKEN)).toBe(0)
})
