import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const SECRET = whsec('removed')
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
const create = (name: string) => {
  const secrets = [{ text: SECRET }]
  return app.client.endpoints.create({ name, path: '/svix', schemeId: 'svix', secrets })
}
const send = (id: string) => post(`${app.url}/svix`, '{}', svixHeaders(SECRET, '{}', { id }))

it('what a removed endpoint judged stands, in the list and in the explanation alike', async () => {
  const { id } = await create('gone')
  await send('msg_1')
  const isTimed = async () => (await newestRow(app.client)).durationMs !== null
  await until(isTimed, 'the time of the answer is stored')
  const before = await newestRow(app.client)
  expect(before.verdict).toBe('valid')
  await app.client.endpoints.remove({ id })
  const explanation = await app.client.deliveries.explain({ id: before.id })
  expect(await newestRow(app.client)).toEqual(before)
  expect(explanation.verification).toMatchObject({ verdict: 'valid', schemeId: 'svix' })
  expect(explanation.advice).toBeNull()
})

it('its path and name are free again, and a new one does not take its deliveries over', async () => {
  const gone = await create('svix')
  await send('msg_1')
  const old = await newestRow(app.client)
  await app.client.endpoints.remove({ id: gone.id })
  await send('msg_2')
  expect(await newestRow(app.client)).toMatchObject({ endpointId: null, verdict: 'no-secret' })
  const made = await create('svix')
  expect(made.id).not.toBe(gone.id)
  await send('msg_3')
  const { rows } = await app.client.deliveries.list({ filter: { endpoint: made.id } })
  expect(rows.map(({ messageId }) => messageId)).toEqual(['msg_3', 'msg_2'])
  expect((await app.client.deliveries.get({ id: old.id })).endpointId).toBe(gone.id)
})

it('the database held by another program at the start is told in words', async () => {
  await app.engine.close()
  const db = new Database(join(dataDir, 'countersign.sqlite'))
  db.exec('BEGIN IMMEDIATE')
  const outcome = await openEngine(dataDir).then(
    async ({ engine }) => {
      await engine.close()
      return 'started'
    },
    (error: unknown) => error,
  )
  db.exec('ROLLBACK')
  db.close()
  const told = outcome instanceof Error ? outcome.name : outcome
  expect(['started', 'EngineStartError']).toContain(told)
  app = await openEngine(dataDir)
  expect((await send('msg_1')).status).toBe(200)
})
