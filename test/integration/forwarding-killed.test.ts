import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Forwarding } from '#contract/forwarding.ts'
import { builtOr } from '#test/built/folder.ts'
import { addEndpoint, forwardingTo, type Handler, openHandler } from './forwarding-rig.ts'
import { openEngine, temporaryDataDir, until } from './opened-engine.ts'

let dataDir: string
let handler: Handler
let hangs: boolean
beforeEach(async () => {
  dataDir = temporaryDataDir()
  hangs = true
  handler = await openHandler((_, response) => {
    if (!hangs) response.end('at last')
  })
})
afterEach(async () => {
  await handler.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function prepare(forwarding: Forwarding): Promise<void> {
  const app = await openEngine(dataDir)
  await addEndpoint(app.client, forwarding)
  await app.engine.close()
}

async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const program = builtOr(join(import.meta.dirname, 'engine-process.ts'), 'engine-process.cjs')
  const child = spawn(process.execPath, [program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const url = String(line).trim()
  expect(url).toMatch(/^http:/)
  return { child, url }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

it('killed while the target is asked, the delivery is stored, and closed as interrupted', async () => {
  await prepare(forwardingTo([handler.url]))
  const { child, url } = await startProcess()
  const heard = fetch(`${url}/hook`, { method: 'POST', body: 'mid-forward' }).then(
    ({ status }) => status,
    () => 'nothing',
  )
  // It was committed before it was sent on, or nobody would know of it now.
  await until(() => handler.handled.length === 1, 'the target has it')
  await kill(child)
  expect(await heard).toBe('nothing')
  hangs = false
  const app = await openEngine(dataDir)
  const [forward] = await app.client.forwards.list({})
  expect(forward).toMatchObject({ state: 'failed', attempts: 0 })
  expect(forward?.detail).toMatch(/got no answer and will send it again/)
  const delivery = await app.client.deliveries.get({ id: forward?.deliveryId ?? 0 })
  expect(delivery).toMatchObject({ statusAnswered: null, answer: null })
  const body = await app.client.deliveries.body({ id: delivery.id })
  expect(await body.text()).toBe('mid-forward')
  // Its sender sends again: that one is answered.
  const again = await fetch(`${app.url}/hook`, { method: 'POST', body: 'mid-forward' })
  expect(await again.text()).toBe('at last')
  expect(handler.handled).toHaveLength(2)
  await app.engine.close()
}, 60_000)

it('killed behind the answer, it is sent at least once after the restart', async () => {
  await prepare(forwardingTo([handler.url], { when: 'after-answer' }))
  const { child, url } = await startProcess()
  const bodies = ['one', 'two', 'three', 'four', 'five', 'six']
  for (const body of bodies) {
    expect((await fetch(`${url}/hook`, { method: 'POST', body })).status).toBe(200)
  }
  await until(() => handler.handled.length === 4, 'four are under way')
  await kill(child)
  expect(handler.handled.map(({ body }) => body)).toEqual(bodies.slice(0, 4))
  hangs = false
  handler.handled.length = 0
  const app = await openEngine(dataDir)
  await until(() => handler.handled.length === 6, 'all were sent')
  expect(handler.handled.map(({ body }) => body)).toEqual(bodies)
  await until(async () => (await app.client.forwards.list({})).length === 0, 'nothing waits')
  await app.engine.close()
}, 60_000)

it('closed while the target is asked, the sender is told to come again within the drain', async () => {
  const app = await openEngine(dataDir, { drainMs: 1_500 })
  await addEndpoint(app.client, forwardingTo([handler.url], { deadlineMs: 60_000 }))
  const slow = fetch(`${app.url}/hook`, { method: 'POST', body: 'slow' }).then(
    ({ status }) => status,
    () => 'cut',
  )
  await until(() => handler.handled.length === 1, 'the target has it')
  const startedAt = Date.now()
  await app.engine.close()
  expect(Date.now() - startedAt).toBeLessThan(10_000)
  expect(await slow).toBe(503)
  const again = await openEngine(dataDir)
  expect(await again.client.forwards.list({})).toMatchObject([
    { state: 'failed', detail: expect.stringContaining('closed before the target answered') },
  ])
  await again.engine.close()
}, 60_000)
