import { expect, it } from 'vitest'
import {
  addEndpoint,
  forwardingTo,
  type SharedEngine,
  settledForwards,
  sharedEngine,
} from './forwarding-rig.ts'
import { post, until } from './opened-engine.ts'

const a = sharedEngine()
const b = sharedEngine()
const newestId = async ({ client }: SharedEngine) =>
  (await client.deliveries.list({ limit: 1 })).rows[0]?.id ?? 0

/** What came in while this was done, newest first. */
async function during(app: SharedEngine, work: () => Promise<unknown>, count: number) {
  const before = await newestId(app)
  const since = async () =>
    (await app.client.deliveries.list({ limit: 10 })).rows.filter(({ id }) => id > before)
  await work()
  await until(async () => (await since()).length >= count, 'all came in')
  return since()
}

it('an endpoint that forwards to itself gets one round, and 508 with words', async () => {
  await addEndpoint(
    a.client,
    forwardingTo([a.url], { retry: { kind: 'schedule', gapsSeconds: [0, 0, 0] } }),
  )
  const heard = { status: 0, text: '' }
  const ask = async () => Object.assign(heard, await post(`${a.url}/hook`, 'round'))
  const found = await during(a, ask, 2)
  expect(heard.status).toBe(508)
  expect(heard.text).toMatch(/^Countersign: .*came back/)
  expect(found).toMatchObject([
    { target: '/hook', statusAnswered: 508, replayId: expect.any(Number) },
    { target: '/hook', statusAnswered: 508, replayId: null },
  ])
  const [looped, first] = found
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
  await addEndpoint(a.client, forwardingTo([`${a.url}/two`], { when: 'after-answer' }), {
    path: '/one',
  })
  await addEndpoint(a.client, forwardingTo([`${a.url}/one`], { when: 'after-answer' }), {
    path: '/two',
  })
  const found = await during(a, () => post(`${a.url}/one`, 'x'), 2)
  await settledForwards(a.client, found[1]?.id ?? 0)
  expect(found).toMatchObject([
    { target: '/two', statusAnswered: 508 },
    { target: '/one', statusAnswered: 200 },
  ])
})

it('two that forward to each other stop after one round', async () => {
  await addEndpoint(a.client, forwardingTo([b.url]))
  await addEndpoint(b.client, forwardingTo([a.url]))
  const before = await newestId(b)
  const found = await during(a, () => post(`${a.url}/hook`, 'x'), 2)
  expect(found.map(({ statusAnswered }) => statusAnswered)).toEqual([508, 508])
  expect(await newestId(b)).toBe(before + 1)
  const delivery = await b.client.deliveries.get({ id: before + 1 })
  expect(delivery).toMatchObject({ statusAnswered: 508, answer: { by: 'forward' } })
})

const hops = (count: number) => [
  'Countersign-Forwarded',
  Array.from({ length: count - 1 }, (_, n) => `h${n}`).join(', '),
  'COUNTERSIGN-forwarded',
  'last',
]

it('a chain of eight is forwarded, a longer one is not, whoever they are', async () => {
  const handler = await a.handler()
  await addEndpoint(a.client, forwardingTo([handler.url]))
  expect((await post(`${a.url}/hook`, 'x', hops(8))).status).toBe(200)
  expect((await post(`${a.url}/hook`, 'x', hops(9))).status).toBe(508)
  expect(handler.handled).toHaveLength(1)
  expect(handler.handled[0]?.headers['countersign-forwarded']).toMatch(
    /^h0, .*, last, [0-9a-f]{24}$/,
  )
})
