import { spawn } from 'node:child_process'
import http from 'node:http'
import https from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { cliSource } from './cli-process.ts'
import { heldMemory } from './held-memory.ts'
import { newestRow, openEngine, post, until } from './opened-engine.ts'
import { listen } from './replay-rig.ts'
import { hasOpenssl, selfSigned } from './self-signed.ts'
import { startEngine, type StartedEngine } from './started-engine.ts'

const MANY = 5_000
const BODY_BYTES = 16 * 1024
const SECRET = whsec('batches many')

let started: StartedEngine
beforeAll(async () => {
  started = await startEngine()
})
afterAll(async () => {
  await started.end()
})

const counting = (onRequest: (body: string) => void) =>
  http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      onRequest(body)
      response.end()
    })
  })

const stateOf = async (id: number) => (await started.client.batches.get({ id })).state

describe('a bulk replay', () => {
  it('of 5,000 deliveries takes little memory, and capture goes on meanwhile', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 32 })
    const left = Array.from({ length: MANY }, (_, index) => index)
    const sender = async () => {
      for (let index = left.pop(); index !== undefined; index = left.pop()) {
        await post(`${started.url}/many`, String(index).padEnd(BODY_BYTES, '.'), [], { agent })
      }
    }
    await Promise.all(Array.from({ length: 32 }, sender))
    agent.destroy()
    const server = counting(() => heard++)
    let heard = 0
    const url = `http://127.0.0.1:${await listen(server)}`
    const upToId = (await newestRow(started.client)).id
    const before = heldMemory()
    const batch = await started.client.batches.create({
      selection: { filter: { query: 'path:/many' }, upToId, exceptIds: [] },
      url,
      resign: false,
      concurrency: 16,
    })
    expect(batch.total).toBe(MANY)
    let most = 0
    let slowest = 0
    while ((await stateOf(batch.id)) === 'running') {
      most = Math.max(most, heldMemory() - before)
      slowest = Math.max(slowest, (await post(`${started.url}/meanwhile`, 'x')).tookMs)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    server.close()
    const done = await started.client.batches.get({ id: batch.id })
    expect(done).toMatchObject({ state: 'done', sent: MANY, failed: 0 })
    expect(heard).toBe(MANY)
    // All the bodies together are 80 MiB.
    expect(most).toBeLessThan(40 * 1024 * 1024)
    expect(slowest).toBeLessThan(2_000)
    let rows = 0
    let afterId = 0
    for (let next: number | null = 0; next !== null; afterId = next ?? 0) {
      const page = { id: batch.id, format: 'csv', afterId } as const
      const results = await started.client.batches.results(page)
      rows += results.text.split('\r\n').length - 1
      next = results.next
    }
    expect(rows).toBe(MANY + 1)
  }, 180_000)

  it('signs each one anew, with ids of their own, over what is edited', async () => {
    const { client, url } = started
    const secrets = [{ text: SECRET }]
    await client.endpoints.create({ name: 'svix', path: '/svix', schemeId: 'svix', secrets })
    const ids: number[] = []
    for (const id of ['a', 'b', 'c']) {
      await post(`${url}/svix`, id, svixHeaders(SECRET, id, { id }))
      ids.push((await newestRow(client)).id)
    }
    const batch = await client.batches.create({
      selection: { ids },
      url,
      resign: true,
      messageId: 'new',
      concurrency: 3,
      edits: { body: new Blob(['the same for all']), setHeaders: [['X-Bulk', 'yes']] },
    })
    await until(async () => (await stateOf(batch.id)) === 'done', 'all are sent')
    const replays = await client.replays.list({ batchId: batch.id })
    expect(new Set(replays.map(({ messageId }) => messageId)).size).toBe(3)
    for (const { arrivedAsDeliveryId } of replays) {
      const arrived = await client.deliveries.get({ id: arrivedAsDeliveryId ?? 0 })
      expect(arrived).toMatchObject({ verdict: 'valid', bodyByteLength: 16 })
      expect(arrived.rawHeaders).toContainEqual(['X-Bulk', 'yes'])
    }
  })
})

describe('a server that signed its own certificate', () => {
  it.skipIf(!hasOpenssl)('is trusted only when asked to (skipped without openssl)', async () => {
    const secure = https.createServer(selfSigned(), (_request, response) => response.end('ok'))
    const url = `https://localhost:${await listen(secure)}/`
    await post(`${started.url}/tls`, 'x')
    const deliveryId = (await newestRow(started.client)).id
    const create = (verifyTls?: boolean) =>
      started.client.replays.create({
        ...{ deliveryId, url, resign: false },
        ...(verifyTls !== undefined && { verifyTls }),
      })
    const strict = await create()
    expect(strict.error).toContain('it is self-signed')
    expect(strict.timings).toMatchObject({ tlsMs: null, firstByteMs: null })
    const lax = await create(false)
    expect(lax).toMatchObject({ answer: { status: 200, bodyText: 'ok' }, error: null })
    const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = lax.timings ?? { totalMs: 0 }
    const moments = [dnsMs, connectMs, tlsMs, firstByteMs, totalMs].map(Number)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    expect(moments.every((ms) => ms > 0)).toBe(true)
    const [target] = await started.client.replays.targets({})
    expect(target).toMatchObject({ url, verifyTls: false })
    secure.close()
  })
})

describe('when Countersign is killed', () => {
  it('the bulk replay is told as interrupted by the next start, with what was sent', async () => {
    const ids: number[] = []
    for (const body of ['k0', 'k1', 'k2']) {
      await post(`${started.url}/k`, body)
      ids.push((await newestRow(started.client)).id)
    }
    await started.engine.close()
    let waiting = false
    const server = http.createServer((request, response) => {
      request.resume().on('end', () => {
        if (waiting) return
        waiting = true
        response.end()
      })
    })
    const url = `http://127.0.0.1:${await listen(server)}`
    const args = ['replay', ...ids.map(String), '--to', url, '--data-dir', started.dataDir]
    const child = spawn(process.execPath, [cliSource, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let told = ''
    child.stdout.on('data', (chunk) => (told += String(chunk)))
    await until(() => told.includes('200 in'), 'the first one is told', 60_000)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    server.close()
    server.closeAllConnections()
    const { engine, client } = await openEngine(started.dataDir)
    const [batch] = await client.batches.list({ limit: 1 })
    expect(batch).toMatchObject({ state: 'interrupted', total: 3, sent: 1 })
    expect(batch?.detail).toBe('Countersign ended while it ran.')
    await engine.close()
    await started.restart()
  }, 90_000)
})
