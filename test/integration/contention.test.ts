import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ORPCError, safe } from '@orpc/client'
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

const SECRET = whsec('contention')
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

/** Another program that takes the write lock again and again, 200 ms at a time. */
const GREEDY = `
  const { workerData, parentPort } = require('node:worker_threads')
  const Database = require('better-sqlite3')
  const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  const db = new Database(workerData, { timeout: 5000 })
  const again = () => {
    db.exec('BEGIN IMMEDIATE')
    pause(200)
    db.exec('ROLLBACK')
    setTimeout(again, 5)
  }
  again()
  parentPort.postMessage('begun')`

it('a program that grabs the database again and again costs 503s, and nothing else', async () => {
  const secrets = [{ text: SECRET }]
  const made = { name: 'svix', path: '/svix', schemeId: 'svix', secrets }
  const endpoint = await app.client.endpoints.create(made)
  const secretId = endpoint.secrets[0]?.id ?? 0
  const send = (id: string) => post(`${app.url}/svix`, '{}', svixHeaders(SECRET, '{}', { id }))
  await send('msg_first')
  const { id: deliveryId } = await newestRow(app.client)
  const greedy = new Worker(GREEDY, {
    eval: true,
    workerData: join(dataDir, 'countersign.sqlite'),
  })
  await new Promise((resolve) => greedy.once('message', resolve))

  const taken = ['msg_first']
  const refused = new Set<unknown>()
  for (let n = 0; n < 6; n++) {
    const id = `msg_${n}`
    const [{ status }, replay, change] = await Promise.all([
      send(id),
      safe(app.client.replays.create({ deliveryId, url: `${app.url}/svix`, resign: true })),
      safe(app.client.secrets.replace({ id: secretId, text: n % 2 ? SECRET : whsec('other') })),
    ])
    if (status === 200) taken.push(id)
    for (const { error } of [replay, change]) {
      if (error) refused.add(error instanceof ORPCError ? error.code : error)
    }
  }
  await greedy.terminate()
  expect([...refused].filter((code) => code !== 'UNAVAILABLE')).toEqual([])

  await app.client.secrets.replace({ id: secretId, text: SECRET })
  await send('msg_last')
  await until(async () => (await app.client.status.get()).judging === null, 'all is judged')
  await until(async () => (await app.client.status.get()).problems.length === 0, 'no problem')
  const { rows } = await app.client.deliveries.list({ limit: 100 })
  const stored = rows.filter(({ replayId }) => replayId === null).reverse()
  expect(stored.map(({ messageId }) => messageId)).toEqual([...taken, 'msg_last'])
  expect(stored.filter(({ verdict }) => verdict !== 'valid')).toEqual([])
  const replays = await app.client.replays.list({})
  const arrived = rows.filter(({ replayId }) => replayId !== null)
  for (const { id, replayId } of arrived) {
    const replay = replays.find((one) => one.id === replayId)
    expect(replay?.arrivedAsDeliveryId).toBe(id)
  }
})
