import { join } from 'node:path'
import type { ForwardRetry } from '#contract/forwarding.ts'
import Database from 'better-sqlite3'
import { Webhook } from 'svix'
import { describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  addEndpoint,
  deadUrl,
  forwardingTo,
  letTimePass,
  settledForwards,
  sharedEngine,
} from './forwarding-rig.ts'
import { newestRow, post, until } from './opened-engine.ts'

const SECRET = whsec('forwarding')
const app = sharedEngine()
const open: typeof app.handler = (...args) => app.handler(...args)
/** Of endpoints that are there: what hung when its endpoint was removed ends as failed. */
const queues = async () => {
  const there = (await app.client.endpoints.list()).map(({ id }) => id)
  return (await app.client.forwards.queues()).filter(({ endpointId }) => there.includes(endpointId))
}
const newestForwards = async () => {
  const { id } = await newestRow(app.client)
  return app.client.forwards.list({ deliveryId: id })
}
const sendAll = async (bodies: readonly string[]) => {
  for (const body of bodies) await post(`${app.url}/hook`, body)
}

// A restart takes its time on a machine that does much else.
describe('retries', { timeout: 60_000 }, () => {
  it('follow the schedule that the person chose, until one is taken', async () => {
    let left = 2
    const target = await open((_, response) => {
      response.statusCode = left-- > 0 ? 500 : 200
      response.end()
    })
    const retry: ForwardRetry = { kind: 'schedule', gapsSeconds: [0.1, 0.3, 60] }
    await addEndpoint(app.client, forwardingTo([target.url], { when: 'after-answer', retry }))
    await post(`${app.url}/hook`, 'x')
    const { id } = await newestRow(app.client)
    const [forward] = await settledForwards(app.client, id)
    expect(forward).toMatchObject({ state: 'done', attempts: 3, detail: null })
    const [first, second, third] = target.handled.map(({ atMs }) => atMs)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(95)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(295)
    const replays = await app.client.replays.list({ deliveryId: id })
    expect(replays.map(({ answer }) => answer?.status)).toEqual([200, 500, 500])
  })

  it('are the provider’s own where the person says so, and outlive a restart', async () => {
    const url = await deadUrl()
    const retry = { kind: 'provider' } as const
    const more = { schemeId: 'chargebee' }
    await addEndpoint(app.client, forwardingTo([url], { when: 'after-answer', retry }), more)
    await post(`${app.url}/hook`, '{}')
    await until(async () => (await newestForwards())[0]?.attempts === 1, 'it was tried')
    const [forward] = await newestForwards()
    const scheme = (await app.client.schemes.list()).find(({ id }) => id === 'chargebee')
    const gap = (scheme?.retrySchedule?.gapsSeconds[0] ?? 0) * 1000
    expect(gap).toBeGreaterThan(60_000)
    expect((forward?.nextAtMs ?? 0) - Date.now()).toBeGreaterThan(gap - 30_000)
    expect((forward?.nextAtMs ?? 0) - Date.now()).toBeLessThanOrEqual(gap)
    await app.reopen()
    expect(await newestForwards()).toEqual([forward])
    const target = await open(undefined, Number(new URL(url).port))
    expect(await app.client.forwards.retryNow({ id: forward?.id ?? 0 })).toEqual({ count: 1 })
    await settledForwards(app.client, forward?.deliveryId ?? 0)
    expect(await newestForwards()).toMatchObject([{ state: 'done', attempts: 2 }])
    expect(target.handled).toHaveLength(1)
  })

  it('are none by default; what failed can be sent again, or given up', async () => {
    const url = await deadUrl()
    const { id: endpointId } = await addEndpoint(
      app.client,
      forwardingTo([url], { when: 'after-answer' }),
    )
    await sendAll(['a', 'b', 'c'])
    await until(async () => (await queues())[0]?.failed === 3, 'all failed')
    const [first] = await app.client.forwards.list({ endpointId })
    expect(await app.client.forwards.drop({ id: first?.id ?? 0 })).toEqual({ count: 1 })
    const target = await open(undefined, Number(new URL(url).port))
    expect(await app.client.forwards.retryNow({ endpointId })).toEqual({ count: 2 })
    await until(async () => (await queues()).length === 0, 'none is left')
    expect(target.handled.map(({ body }) => body)).toEqual(['a', 'b'])
    expect(await newestForwards()).toMatchObject([
      { state: 'dropped', detail: 'Given up by hand.' },
    ])
  })

  it('of 408, 429 and 5xx; any other answer is the target’s word', async () => {
    const target = await open(({ url }, response) => {
      response.statusCode = Number(url.slice(-3))
      response.end()
    })
    await addEndpoint(app.client, forwardingTo([target.url], { when: 'after-answer' }), {
      path: '/hook/*',
    })
    const states: Record<number, string | undefined> = {}
    for (const status of [200, 302, 404, 408, 410, 429, 500, 503]) {
      await post(`${app.url}/hook/${status}`, 'x')
      const { id } = await newestRow(app.client)
      states[status] = (await settledForwards(app.client, id))[0]?.state
    }
    const failed = Object.keys(states).filter((status) => states[Number(status)] === 'failed')
    expect(failed).toEqual(['408', '429', '500', '503'])
  })
})

describe('a pause', () => {
  it('keeps what comes, and sends it oldest first when it ends', async () => {
    const target = await open()
    const { id } = await addEndpoint(app.client, forwardingTo([target.url], { paused: true }))
    const bodies = Array.from({ length: 30 }, (_, n) => `n${n}`)
    await sendAll(bodies)
    expect(await newestForwards()).toMatchObject([
      { state: 'waiting', detail: 'Forwarding is paused.' },
    ])
    expect(await queues()).toMatchObject([{ endpointId: id, waiting: 30, failed: 0 }])
    const told = async () => (await app.client.status.get()).forwarding
    await until(async () => (await told())?.waiting === 30, 'it is told')
    expect(target.handled).toEqual([])
    await app.client.endpoints.update({ id, forwarding: forwardingTo([target.url]) })
    await until(() => target.handled.length === 30, 'all came')
    expect(target.handled.map(({ body }) => body)).toEqual(bodies)
    await until(async () => (await queues()).length === 0, 'none waits')
  })

  it('that outlasts the signature sends it as it is, or signed anew, as the person chose', async () => {
    const verdicts: Record<string, string[]> = { '/as-is': [], '/re-sign': [] }
    const sdk = new Webhook(SECRET)
    const target = await open(({ url, body, headers }, response) => {
      try {
        sdk.verify(
          body,
          Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])),
        )
        verdicts[url]?.push('valid')
      } catch (error) {
        verdicts[url]?.push(error instanceof Error ? error.message : String(error))
      }
      response.end()
    })
    const ids: number[] = []
    const wanted = (late: 'as-is' | 're-sign', paused: boolean) =>
      forwardingTo([`${target.url}/${late}`], { late, paused })
    for (const late of ['as-is', 're-sign'] as const) {
      const more = { path: `/${late}`, schemeId: 'svix', secrets: [{ text: SECRET }] }
      ids.push((await addEndpoint(app.client, wanted(late, true), more)).id)
    }
    const at = new Date()
    for (const late of ['as-is', 're-sign']) {
      const headers = svixHeaders(SECRET, '{"a": 1}', { id: 'msg_late', at })
      await post(`${app.url}/${late}`, '{"a": 1}', headers)
      const forged = svixHeaders(whsec('other'), '{"a": 1}', { id: 'msg_forged', at })
      await post(`${app.url}/${late}`, '{"a": 1}', forged)
    }
    const { rows } = await app.client.deliveries.list({ limit: 4 })
    expect(rows.map(({ verdict }) => verdict)).toEqual(['invalid', 'valid', 'invalid', 'valid'])
    letTimePass(310_000)
    await app.client.endpoints.update({ id: ids[0] ?? 0, forwarding: wanted('as-is', false) })
    await app.client.endpoints.update({ id: ids[1] ?? 0, forwarding: wanted('re-sign', false) })
    await until(() => target.handled.length === 4, 'all came')
    expect(verdicts['/as-is']).toEqual([
      expect.stringContaining('too old'),
      expect.stringMatching(/too old|No matching/),
    ])
    // What was never right is not vouched for.
    expect(verdicts['/re-sign']).toEqual(['valid', expect.stringMatching(/too old|No matching/)])
    const resigned = target.handled.find(({ url }) => url === '/re-sign')
    expect(resigned?.headers['svix-id']).toBe('msg_late')
  })
})

describe('the queue', () => {
  it('of a slow target does not hold up another, and keeps at most four under way', async () => {
    let most = 0
    let now = 0
    const slow = await open(async (_, response) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, 400))
      now -= 1
      response.end()
    })
    const never = await open(() => undefined)
    const quick = await open()
    const urls = [never.url, slow.url, quick.url]
    await addEndpoint(app.client, forwardingTo(urls, { when: 'after-answer', deadlineMs: 4_000 }))
    const bodies = Array.from({ length: 20 }, (_, n) => `n${n}`)
    await sendAll(bodies)
    await until(() => quick.handled.length === 20, 'the quick one has all')
    expect(quick.handled.map(({ body }) => body)).toEqual(bodies)
    expect(slow.handled.length).toBeLessThan(20)
    await until(() => slow.handled.length === 20, 'the slow one has all')
    expect(slow.handled.map(({ body }) => body)).toEqual(bodies)
    expect(most).toBe(4)
    expect(never.handled).toHaveLength(4)
  })

  it('of a target or an endpoint that is gone is dropped, and says so', async () => {
    const target = await open()
    const elsewhere = await open()
    const urls = [target.url, elsewhere.url]
    const { id } = await addEndpoint(app.client, forwardingTo(urls, { paused: true }))
    await sendAll(['a', 'b'])
    const forwarding = forwardingTo([elsewhere.url], { paused: true })
    await app.client.endpoints.update({ id, forwarding })
    await until(async () => (await newestForwards())[0]?.state === 'dropped', 'it was dropped')
    expect(await newestForwards()).toMatchObject([
      { state: 'dropped', detail: expect.stringContaining('taken away') },
      { state: 'waiting' },
    ])
    await app.client.endpoints.remove({ id })
    const states = async () => (await newestForwards()).map(({ state }) => state)
    await until(async () => (await states()).every((state) => state === 'dropped'), 'all dropped')
    expect([...target.handled, ...elsewhere.handled]).toEqual([])
  })

  it('waits while its host is not allowed, and goes on when it is', async () => {
    const url = 'http://remote.invalid/hook'
    const refused = addEndpoint(app.client, forwardingTo([url]))
    await expect(refused).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' })
    await app.client.hosts.allow({ host: 'remote.invalid' })
    await addEndpoint(app.client, forwardingTo([url], { when: 'after-answer' }))
    await app.client.hosts.disallow({ host: 'remote.invalid' })
    expect((await post(`${app.url}/hook`, 'x')).status).toBe(200)
    expect(await newestForwards()).toMatchObject([
      { state: 'waiting', attempts: 0, detail: expect.stringContaining('remote.invalid') },
    ])
    await app.client.hosts.allow({ host: 'remote.invalid' })
    await until(async () => (await newestForwards())[0]?.attempts === 1, 'it was tried')
  })

  it('survives a database that refuses writes: nobody is told what is not stored', async () => {
    const held: { db: Database.Database | null } = { db: null }
    const target = await open((_, response) => {
      const db = new Database(join(app.dataDir, 'countersign.sqlite'))
      db.exec('BEGIN IMMEDIATE')
      held.db = db
      response.end('done')
    })
    await addEndpoint(app.client, forwardingTo([target.url]))
    const { status, text } = await post(`${app.url}/hook`, 'x')
    expect(status).toBe(503)
    expect(text).toContain('could not be stored')
    const codes = async () => (await app.client.status.get()).problems.map(({ code }) => code)
    expect(await codes()).toContain('forward-not-stored')
    held.db?.exec('ROLLBACK')
    held.db?.close()
    await until(async () => !(await codes()).includes('forward-not-stored'), 'it was stored')
    const { id } = await newestRow(app.client)
    expect(await app.client.forwards.list({ deliveryId: id })).toMatchObject([
      { state: 'done', attempts: 1 },
    ])
    expect(await app.client.deliveries.get({ id })).toMatchObject({
      statusAnswered: 503,
      answer: { by: 'forward' },
    })
  })

  it('goes with its delivery when that is removed for good', async () => {
    const target = await open()
    const { id } = await addEndpoint(app.client, forwardingTo([target.url], { paused: true }))
    await sendAll(['a', 'b', 'c'])
    const row = await newestRow(app.client)
    await app.client.deliveries.remove({ selection: { ids: [row.id] } })
    await until(async () => (await queues())[0]?.waiting === 2, 'its forward is gone')
    await app.client.endpoints.update({ id, forwarding: forwardingTo([target.url]) })
    await until(() => target.handled.length === 2, 'the others came')
    expect(await app.client.forwards.list({ deliveryId: row.id })).toEqual([])
  })
})
