import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  addEndpoint,
  deadUrl,
  forwardingTo,
  settledForwards,
  sharedEngine,
} from './forwarding-rig.ts'
import { newestRow, post, until } from './opened-engine.ts'

const app = sharedEngine()
const open: typeof app.handler = (...args) => app.handler(...args)
const newest = async () => {
  const { id } = await newestRow(app.client)
  return app.client.deliveries.get({ id })
}

describe('before the answer', () => {
  it('the sender hears what the target says, and the outcome is stored by then', async () => {
    const target = await open((_, response) => {
      response.writeHead(201, [
        'X-Odd',
        'a',
        'x-odd',
        'b',
        'Keep-Alive',
        'timeout=9',
        'Set-Cookie',
        'c=1',
      ])
      response.end('made')
    })
    await addEndpoint(app.client, forwardingTo([`${target.url}/app`]))
    const answer = await fetch(`${app.url}/hook?x=1`, { method: 'POST', body: '{"a":1}' })
    expect(answer.status).toBe(201)
    expect(await answer.text()).toBe('made')
    expect(answer.headers.get('x-odd')).toBe('a, b')
    expect(answer.headers.get('set-cookie')).toBe('c=1')
    expect(answer.headers.get('keep-alive')).toBeNull()
    const delivery = await newest()
    const [forward] = await app.client.forwards.list({ deliveryId: delivery.id })
    expect(forward).toMatchObject({ state: 'done', attempts: 1, nextAtMs: null, detail: null })
    expect(delivery).toMatchObject({
      statusAnswered: 201,
      answer: { status: 201, bodyText: 'made', by: 'forward', replayId: forward?.lastReplayId },
    })
    expect(delivery.answer?.rawHeaders.slice(0, 2)).toEqual([
      ['X-Odd', 'a'],
      ['x-odd', 'b'],
    ])
    const replay = await app.client.replays.get({ id: forward?.lastReplayId ?? 0 })
    expect(replay).toMatchObject({
      origin: 'forward',
      deliveryId: delivery.id,
      request: { target: '/app?x=1' },
      answer: { status: 201, bodyText: 'made' },
    })
    expect(target.handled).toMatchObject([{ method: 'POST', url: '/app?x=1', body: '{"a":1}' }])
  })

  it('is 502 with words when nothing listens there, and the failure is recorded', async () => {
    const url = await deadUrl()
    await addEndpoint(app.client, forwardingTo([url]))
    const { status, text } = await post(`${app.url}/hook`, 'x')
    expect(status).toBe(502)
    expect(text).toMatch(/^Countersign: .*Nothing listens at http/)
    const [forward] = await app.client.forwards.list({})
    expect(forward).toMatchObject({ state: 'failed', attempts: 1 })
    expect(forward?.detail).toContain('connection refused')
    expect(await newest()).toMatchObject({ statusAnswered: 502, answer: { by: 'forward' } })
    await until(async () => (await app.client.status.get()).forwarding !== null, 'it is counted')
    expect((await app.client.status.get()).forwarding).toEqual({ waiting: 0, failed: 1 })
  })

  it('is 504 at the deadline, which counts from the commit', async () => {
    const target = await open(() => undefined)
    await addEndpoint(app.client, forwardingTo([target.url], { deadlineMs: 300 }))
    const { status, text, tookMs } = await post(`${app.url}/hook`, 'x')
    expect(status).toBe(504)
    expect(text).toContain('too slow')
    expect(tookMs).toBeGreaterThan(250)
    expect(tookMs).toBeLessThan(2_000)
    expect(await newest()).toMatchObject({ statusAnswered: 504 })
  })

  it('further targets are served behind, and those that are off not at all', async () => {
    const first = await open()
    const second = await open()
    const third = await open()
    const forwarding = forwardingTo([first.url, second.url, third.url])
    if (forwarding.targets[2]) forwarding.targets[2].enabled = false
    await addEndpoint(app.client, forwarding)
    expect((await post(`${app.url}/hook`, 'x')).status).toBe(200)
    const forwards = await settledForwards(app.client, (await newest()).id)
    expect(forwards.map(({ url, state }) => [url, state])).toEqual([
      [first.url, 'done'],
      [second.url, 'done'],
    ])
    expect([first, second, third].map(({ handled }) => handled.length)).toEqual([1, 1, 0])
  })
})

describe('after the answer', () => {
  it('the sender is answered at once and the target gets it behind', async () => {
    const gate = new EventEmitter()
    const released = once(gate, 'open')
    const target = await open(async (_, response) => {
      await released
      response.end('late')
    })
    await addEndpoint(app.client, forwardingTo([target.url], { when: 'after-answer' }))
    // The target has not answered, and does not before this one has been.
    expect((await post(`${app.url}/hook`, 'x')).status).toBe(200)
    const { id } = await newest()
    gate.emit('open')
    expect(await settledForwards(app.client, id)).toMatchObject([{ state: 'done', attempts: 1 }])
    expect(await newest()).toMatchObject({ statusAnswered: 200, answer: { by: 'default' } })
  })
})
