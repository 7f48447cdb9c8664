import http from 'node:http'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Batch, NewBatch } from '#contract/replay.ts'
import { whsec } from '#test/e2e/providers.ts'
import { newestRow, post, until } from './opened-engine.ts'
import { listen } from './replay-rig.ts'
import { startEngine, type StartedEngine } from './started-engine.ts'

let started: StartedEngine
beforeAll(async () => {
  started = await startEngine()
})
afterAll(async () => {
  await started.end()
})

interface Handler {
  url: string
  seen: { body: string; atMs: number }[]
  /** Answers those that were left waiting. */
  release(): void
}
const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A handler that answers with what is decided for a body; `null`: it lets the sender wait. */
async function handler(decide: (body: string) => number | null): Promise<Handler> {
  const seen: Handler['seen'] = []
  const waiting: http.ServerResponse[] = []
  const server = http.createServer((request, response) => {
    const atMs = performance.now()
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      seen.push({ body, atMs })
      const status = decide(body)
      if (status === null) waiting.push(response)
      else response.writeHead(status).end('x')
    })
  })
  servers.push(server)
  const url = `http://127.0.0.1:${await listen(server)}/hook`
  return { url, seen, release: () => waiting.splice(0).forEach((response) => response.end()) }
}

/** Captures these bodies, one after another, and tells their ids. */
async function captured(bodies: readonly string[], path = '/b'): Promise<number[]> {
  const ids: number[] = []
  for (const body of bodies) {
    await post(started.url + path, body)
    ids.push((await newestRow(started.client)).id)
  }
  return ids
}

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)

async function ended(id: number): Promise<Batch> {
  await until(async () => (await get(id)).state !== 'running', 'the batch ends')
  return get(id)
}
const get = (id: number) => started.client.batches.get({ id })

type Asked = Partial<NewBatch> & Pick<NewBatch, 'url' | 'selection'>
const begin = (asked: Asked) => started.client.batches.create({ resign: false, ...asked })

describe('many deliveries', () => {
  it('go out oldest first, are counted, stored and told in a table', async () => {
    const bodies = names(8, 'order')
    const ids = await captured(bodies)
    const target = await handler((body) => (body === 'order3' ? 503 : 204))
    const batch = await begin({ url: target.url, selection: { ids: [...ids].reverse() } })
    expect(batch).toMatchObject({
      state: 'running',
      total: 8,
      sentence: `Replaying 8 deliveries to ${target.url}`,
    })
    const done = await ended(batch.id)
    expect(target.seen.map(({ body }) => body)).toEqual(bodies)
    expect(done).toMatchObject({
      state: 'done',
      sent: 8,
      failed: 1,
      outcomes: [
        { outcome: '204', count: 7 },
        { outcome: '503', count: 1 },
      ],
      detail: null,
    })
    const { p50, p95, p99, max } = done.latencyMs ?? { p50: 0, p95: 0, p99: 0, max: 0 }
    expect(p50).toBeGreaterThan(0)
    expect([p95, p99, max]).toEqual([p95, p99, max].sort((a, b) => a - b))
    expect(await started.client.batches.list({ limit: 1 })).toEqual([done])

    const replays = await started.client.replays.list({ batchId: batch.id })
    expect(replays.map(({ deliveryId }) => deliveryId)).toEqual([...ids].reverse())
    expect(replays.every(({ timings }) => timings !== null)).toBe(true)
    const csv = await started.client.batches.results({ id: batch.id, format: 'csv' })
    const lines = csv.text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(9)
    expect(lines[4]).toMatch(new RegExp(`^\\d+,${ids[3]},.*,503,`))
    expect(csv.next).toBeNull()
    const ndjson = await started.client.batches.results({ id: batch.id, format: 'ndjson' })
    const rows = ndjson.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.map(({ deliveryId }) => deliveryId)).toEqual(ids)
    const [targetOfNone] = await started.client.replays.targets({})
    expect(targetOfNone?.url).toBe(target.url)
  })

  it('of a filter, up to an id, and never what they become here', async () => {
    const ids = await captured(names(5, 'mine'), '/filtered')
    const batch = await begin({
      url: started.url,
      selection: {
        filter: { query: 'path:/filtered' },
        upToId: ids[3] ?? 0,
        exceptIds: [ids[1] ?? 0],
      },
      concurrency: 3,
    })
    expect(await ended(batch.id)).toMatchObject({ state: 'done', total: 3, sent: 3, failed: 0 })
    const replays = await started.client.replays.list({ batchId: batch.id })
    expect(replays.map(({ deliveryId }) => deliveryId)).toEqual([ids[3], ids[2], ids[0]])
    for (const { id, arrivedAsDeliveryId } of replays) {
      const arrived = await started.client.deliveries.get({ id: arrivedAsDeliveryId ?? 0 })
      expect(arrived.replayId).toBe(id)
    }
  })

  it('tell how they go while they run', async () => {
    const ids = await captured(names(3, 'told'))
    const target = await handler((body) => (body === 'told2' ? null : 200))
    const changes = await started.client.status.changes({})
    // It is subscribed with the first question.
    const told = (async () => {
      for await (const change of changes) if (change.runs) return change
      return null
    })()
    const batch = await begin({ url: target.url, selection: { ids } })
    await until(async () => (await get(batch.id)).sent === 2, 'two are sent')
    const status = await started.client.status.get()
    expect(status.batches).toMatchObject([{ id: batch.id, sent: 2, state: 'running' }])
    let next: number | null = null
    await until(async () => {
      const asked = { id: batch.id, format: 'ndjson' } as const
      const page = await started.client.batches.results(asked)
      next = page.next
      return page.text.split('\n').length === 3
    }, 'the results of two are there')
    expect(next).not.toBeNull()
    expect(await told).toMatchObject({ status: true })
    await until(() => target.seen.length === 3, 'the third one waits')
    target.release()
    await ended(batch.id)
    const rest = { id: batch.id, format: 'ndjson' as const, afterId: next ?? 0 }
    expect((await started.client.batches.results(rest)).text).toContain('"status":200')
    expect((await started.client.status.get()).batches).toEqual([])
  })

  it('are refused where nothing is found or the host is not allowed', async () => {
    const [id = 0] = await captured(['one'])
    const nothing = { filter: { query: 'path:/nowhere' }, upToId: id, exceptIds: [] }
    const { error } = await safe(begin({ url: 'http://localhost:1', selection: nothing }))
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    const remote = begin({ url: 'http://hooks.test', selection: { ids: [id] } })
    expect((await safe(remote)).error).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      data: { host: 'hooks.test' },
    })
  })
})

describe('the pace', () => {
  it('keeps the gaps, faster by a factor', async () => {
    const [first = 0, second = 0, third = 0] = await captured(['gap0', 'gap1', 'gap2'])
    const db = new Database(join(started.dataDir, 'countersign.sqlite'))
    db.prepare('UPDATE deliveries SET received_at_ms = received_at_ms - 12000 WHERE id = ?').run(
      first,
    )
    db.close()
    const target = await handler(() => 200)
    const selection = { ids: [first, second, third] }
    const batch = await begin({ url: target.url, selection, pace: { kind: 'gaps', speed: 20 } })
    await ended(batch.id)
    const [a = 0, b = 0, c = 0] = target.seen.map(({ atMs }) => atMs)
    expect(b - a).toBeGreaterThan(550)
    expect(b - a).toBeLessThan(6_000)
    expect(c - b).toBeLessThan(550)
  })

  it('holds a rate, and the order of starts with several at once', async () => {
    const bodies = names(21, 'rate')
    const target = await handler(() => 200)
    const selection = { ids: await captured(bodies) }
    const pace = { kind: 'rate', perSecond: 40 } as const
    const batch = await begin({ url: target.url, selection, pace, concurrency: 8 })
    await ended(batch.id)
    const times = target.seen.map(({ atMs }) => atMs)
    // Up to 100 ms may be caught up on a busy machine.
    expect((times[20] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(200)
    const replays = await started.client.replays.list({ batchId: batch.id })
    expect(replays.map(({ deliveryId }) => deliveryId).reverse()).toEqual(selection.ids)
  })
})

describe('the end', () => {
  it('comes at once when cancelled: what is under way is aborted', async () => {
    const target = await handler((body) => (body === 'stay0' ? 200 : null))
    const selection = { ids: await captured(names(6, 'stay')) }
    const batch = await begin({ url: target.url, selection, concurrency: 2 })
    await until(() => target.seen.length === 3, 'two wait')
    const begunAt = performance.now()
    const cancelled = await started.client.batches.cancel({ id: batch.id })
    expect(performance.now() - begunAt).toBeLessThan(1_000)
    expect(cancelled).toMatchObject({ state: 'cancelled', sent: 3, failed: 0 })
    expect(cancelled.outcomes).toContainEqual({ outcome: 'cancelled', count: 2 })
    const [newest] = await started.client.replays.list({ batchId: batch.id })
    expect(newest).toMatchObject({ error: 'The request was cancelled.', answer: null })
    expect(await started.client.batches.cancel({ id: batch.id })).toEqual(cancelled)
  })

  it('comes with the first failure where that is wanted', async () => {
    const target = await handler((body) => (body === 'fail2' ? 500 : 200))
    const selection = { ids: await captured(names(6, 'fail')) }
    const batch = await begin({ url: target.url, selection, stopOnFailure: true })
    expect(await ended(batch.id)).toMatchObject({
      state: 'stopped',
      sent: 3,
      failed: 1,
      detail: 'It stopped at the first failure.',
    })
    expect(target.seen).toHaveLength(3)
  })

  it('what cannot be signed is a failure with its reason, and the rest goes on', async () => {
    const { client } = started
    const path = '/unsigned'
    const made = await client.endpoints.create({ name: 'u', path, schemeId: 'svix', secrets: [] })
    const ids = await captured(names(3, 'sign'), path)
    const target = await handler(() => 200)
    const asked = { url: target.url, selection: { ids }, resign: true }
    const batch = await begin(asked)
    expect(await ended(batch.id)).toMatchObject({
      state: 'done',
      failed: 3,
      outcomes: [{ outcome: 'error', count: 3 }],
      latencyMs: null,
    })
    const [one] = await client.replays.list({ batchId: batch.id })
    expect(one?.error).toContain('It was not sent: There is no signing secret')
    const stopped = await ended((await begin({ ...asked, stopOnFailure: true })).id)
    expect(stopped).toMatchObject({ state: 'stopped', failed: 1 })
    const given = await begin({ ...asked, secretText: whsec('given for this run') })
    expect(await ended(given.id)).toMatchObject({ failed: 0 })
    await client.endpoints.remove({ id: made.id })
  })

  it('what was deleted meanwhile is left out and said', async () => {
    const target = await handler((body) => (body === 'gone0' ? null : 200))
    const ids = await captured(names(4, 'gone'))
    const batch = await begin({ url: target.url, selection: { ids } })
    await until(() => target.seen.length === 1, 'the first one waits')
    const last = ids.slice(-2)
    await started.client.deliveries.remove({ selection: { ids: last }, keepPinned: false })
    target.release()
    const done = await ended(batch.id)
    expect(done).toMatchObject({ state: 'done', total: 4, sent: 2, failed: 0 })
    expect(done.outcomes).toContainEqual({ outcome: 'skipped', count: 2 })
    expect(done.detail).toBe('2 deliveries were deleted meanwhile and left out.')
  })

  it('comes with a sentence when the database takes nothing any more', async () => {
    const target = await handler((body) => (body === 'held0' ? null : 200))
    const selection = { ids: await captured(names(3, 'held')) }
    const batch = await begin({ url: target.url, selection })
    await until(() => target.seen.length === 1, 'the first one waits')
    const holder = new Database(join(started.dataDir, 'countersign.sqlite'))
    holder.exec('BEGIN IMMEDIATE')
    target.release()
    const done = await ended(batch.id)
    holder.exec('ROLLBACK')
    holder.close()
    expect(done).toMatchObject({ state: 'stopped', sent: 1 })
    expect(done.detail).toContain('Another program holds the database')
    expect(target.seen).toHaveLength(1)
    expect((await started.client.batches.list({ limit: 1 }))[0]).toEqual(done)
  })

  it('is an interruption when Countersign ends', async () => {
    const target = await handler(() => null)
    const selection = { ids: await captured(names(3, 'restart')) }
    const batch = await begin({ url: target.url, selection })
    await until(() => target.seen.length === 1, 'one is under way')
    await started.restart()
    expect(await get(batch.id)).toMatchObject({ state: 'interrupted', sent: 1 })
    expect((await started.client.status.get()).batches).toEqual([])
    expect(target.seen).toHaveLength(1)
  })
})
