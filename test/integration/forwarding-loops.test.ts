import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addEndpoint, forwardingTo, openHandler, settledForwards } from './forwarding-rig.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

let folders: string[]
let apps: OpenedEngine[]
const open = async () => {
  const dataDir = temporaryDataDir()
  folders.push(dataDir)
  const app = await openEngine(dataDir)
  apps.push(app)
  return app
}
beforeEach(() => {
  folders = []
  apps = []
})
afterEach(async () => {
  for (const app of apps) await app.engine.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
const rows = async ({ client }: OpenedEngine) => {
  const { rows: found } = await client.deliveries.list({})
  return found.map(({ target, statusAnswered, replayId }) => ({ target, statusAnswered, replayId }))
}

it('an endpoint that forwards to itself gets one round, and 508 with words', async () => {
  const a = await open()
  await addEndpoint(
    a.client,
    forwardingTo([a.url], { retry: { kind: 'schedule', gapsSeconds: [0, 0, 0] } }),
  )
  const { status, text } = await post(`${a.url}/hook`, 'round')
  expect(status).toBe(508)
  expect(text).toMatch(/^Countersign: .*came back/)
  const found = await rows(a)
  expect(found).toMatchObject([
    { target: '/hook', statusAnswered: 508, replayId: expect.any(Number) },
    { target: '/hook', statusAnswered: 508, replayId: null },
  ])
  const [looped, first] = (await a.client.deliveries.list({})).rows
  expect(await a.client.deliveries.get({ id: looped?.id ?? 0 })).toMatchObject({
    answer: { by: 'loop' },
  })
  expect(await a.client.deliveries.get({ id: first?.id ?? 0 })).toMatchObject({
    answer: { by: 'forward' },
  })
  expect(await a.client.forwards.list({ deliveryId: looped?.id ?? 0 })).toMatchObject([
    { state: 'dropped', attempts: 0, detail: expect.stringContaining('came back') },
  ])
  // Not tried again: it would come round again.
  expect(await settledForwards(a.client, first?.id ?? 0)).toMatchObject([
    { state: 'failed', attempts: 1 },
  ])
  const replay = await a.client.replays.get({ id: found[0]?.replayId ?? 0 })
  expect(replay).toMatchObject({ deliveryId: first?.id, arrivedAsDeliveryId: looped?.id })
})

it('through another endpoint of the same listener it stops as well', async () => {
  const a = await open()
  await addEndpoint(a.client, forwardingTo([`${a.url}/two`], { when: 'after-answer' }), {
    path: '/one',
  })
  await addEndpoint(a.client, forwardingTo([`${a.url}/one`], { when: 'after-answer' }), {
    path: '/two',
  })
  expect((await post(`${a.url}/one`, 'x')).status).toBe(200)
  await until(async () => (await rows(a)).length === 2, 'it came in again')
  await settledForwards(a.client, 1)
  expect(await rows(a)).toMatchObject([
    { target: '/two', statusAnswered: 508 },
    { target: '/one', statusAnswered: 200 },
  ])
})

it('two that forward to each other stop after one round', async () => {
  const [a, b] = [await open(), await open()]
  await addEndpoint(a.client, forwardingTo([b.url]))
  await addEndpoint(b.client, forwardingTo([a.url]))
  expect((await post(`${a.url}/hook`, 'x')).status).toBe(508)
  expect((await rows(a)).map(({ statusAnswered }) => statusAnswered)).toEqual([508, 508])
  expect((await rows(b)).map(({ statusAnswered }) => statusAnswered)).toEqual([508])
})

it('a chain of eight is forwarded, a longer one is not, whoever they are', async () => {
  const a = await open()
  const handler = await openHandler()
  await addEndpoint(a.client, forwardingTo([handler.url]))
  const hops = (count: number) => [
    'Countersign-Forwarded',
    Array.from({ length: count - 1 }, (_, n) => `h${n}`).join(', '),
    'COUNTERSIGN-forwarded',
    'last',
  ]
  expect((await post(`${a.url}/hook`, 'x', hops(8))).status).toBe(200)
  expect((await post(`${a.url}/hook`, 'x', hops(9))).status).toBe(508)
  expect(handler.handled).toHaveLength(1)
  expect(handler.handled[0]?.headers['countersign-forwarded']).toMatch(
    /^h0, .*, last, [0-9a-f]{24}$/,
  )
  await handler.close()
})
