import { rmSync } from 'node:fs'
import https from 'node:https'
import { Webhook } from 'svix'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OsKeyStorage } from '#engine/options.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  addEndpoint,
  forwardingTo,
  letTimePass,
  openHandler,
  settledForwards,
} from './forwarding-rig.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'
import { listen } from './replay-rig.ts'
import { hasOpenssl, selfSigned } from './self-signed.ts'

const SECRET = whsec('forwarding secrets')
const osKeyStorage: OsKeyStorage = {
  wrap: async (key) => key.map((byte) => byte ^ 0x5a),
  unwrap: async (wrapped) => wrapped.map((byte) => byte ^ 0x5a),
}
const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir, { osKeyStorage })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const reopen = async (storage: OsKeyStorage | null) => {
  await app.engine.close()
  app = await openEngine(dataDir, { osKeyStorage: storage })
}
const newestForwards = async () => {
  const { id } = await newestRow(app.client)
  return app.client.forwards.list({ deliveryId: id })
}

it('what is to be signed anew waits while secrets are locked, and goes out when they are not', async () => {
  const target = await openHandler()
  const paused = { paused: true, when: 'after-answer' } as const
  const more = { schemeId: 'svix', secrets: [{ text: SECRET }] }
  const urls = [`${target.url}/signed`]
  const forwarding = forwardingTo(urls, { ...paused, late: 're-sign' })
  const { id } = await addEndpoint(app.client, forwarding, more)
  const sent = svixHeaders(SECRET, '{}')
  await post(`${app.url}/hook`, '{}', sent)
  expect((await newestRow(app.client)).verdict).toBe('valid')
  const { id: deliveryId } = await newestRow(app.client)
  letTimePass(310_000)
  await reopen(null)
  const unpaused = forwardingTo(urls, { when: 'after-answer', late: 're-sign' })
  await app.client.endpoints.update({ id, forwarding: unpaused })
  await until(async () => {
    const [forward] = await app.client.forwards.list({ deliveryId })
    return forward?.detail?.includes('secrets are locked') ?? false
  }, 'it waits and says why')
  expect(target.handled).toEqual([])
  await reopen(osKeyStorage)
  expect(await settledForwards(app.client, deliveryId)).toMatchObject([{ state: 'done' }])
  const headers = Object.entries(target.handled[0]?.headers ?? {})
  const asText = Object.fromEntries(headers.map(([name, value]) => [name, String(value)]))
  expect(() => new Webhook(SECRET).verify('{}', asText)).not.toThrow()
  expect(asText['svix-timestamp']).not.toBe(sent[5])
  const [replay] = await app.client.replays.list({ deliveryId })
  expect(replay).toMatchObject({ origin: 'forward', resigned: true, answer: { status: 200 } })
  await app.client.endpoints.remove({ id })
  await target.close()
}, 60_000)

it('a replay into our own listener is sent on like any delivery', async () => {
  const target = await openHandler()
  const { id } = await addEndpoint(app.client, forwardingTo([target.url]))
  await post(`${app.url}/hook`, 'again')
  const { id: deliveryId } = await newestRow(app.client)
  const replay = await app.client.replays.create({ deliveryId, url: app.url, resign: false })
  expect(replay.answer).toMatchObject({ status: 200, bodyText: 'ok' })
  expect(replay.arrivedAsDeliveryId).toBe(deliveryId + 1)
  expect(target.handled.map(({ body }) => body)).toEqual(['again', 'again'])
  expect(await newestForwards()).toMatchObject([{ state: 'done', attempts: 1 }])
  await app.client.endpoints.remove({ id })
  await target.close()
}, 60_000)

it.skipIf(!hasOpenssl)(
  'a target that signs its own certificate is refused, unless it is let (skipped without openssl)',
  async () => {
    const server = https.createServer(selfSigned(), (_, response) => response.end('secure'))
    const port = await listen(server)
    const urls = [`https://127.0.0.1:${port}`]
    const forwarding = forwardingTo(urls)
    const { id } = await addEndpoint(app.client, forwarding)
    const refused = await post(`${app.url}/hook`, 'x')
    expect(refused.status).toBe(502)
    expect(refused.text).toContain('self-signed')
    const targets = forwarding.targets.map((target) => ({ ...target, verifyTls: false }))
    await app.client.endpoints.update({ id, forwarding: { ...forwarding, targets } })
    expect(await post(`${app.url}/hook`, 'x')).toMatchObject({ status: 200, text: 'secure' })
    await app.client.endpoints.remove({ id })
    server.closeAllConnections()
    server.close()
  },
  60_000,
)
