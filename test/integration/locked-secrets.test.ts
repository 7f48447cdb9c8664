import { rmSync } from 'node:fs'
import { safe } from '@orpc/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OsKeyStorage } from '#engine/options.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const SECRET = whsec('locked secrets')

/** What the desktop's main process offers: here the key is only turned over. */
const osKeyStorage: OsKeyStorage = {
  wrap: async (key) => key.map((byte) => byte ^ 0x5a),
  unwrap: async (wrapped) => wrapped.map((byte) => byte ^ 0x5a),
}

let dataDir: string
let app: OpenedEngine
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir, { osKeyStorage })
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function reopen(storage: OsKeyStorage | null) {
  await app.engine.close()
  app = await openEngine(dataDir, { osKeyStorage: storage })
}
const send = (id: string, path = '/svix') =>
  post(app.url + path, id, svixHeaders(SECRET, id, { id }))
const rows = async () => (await app.client.deliveries.list({})).rows
const verdicts = async () => (await rows()).map(({ verdict }) => verdict)
const judged = () =>
  until(async () => (await app.client.status.get()).judging === null, 'nothing is left to judge')
const code = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error !== null && typeof error === 'object' && 'code' in error ? error.code : error
}

async function addSvix() {
  const secrets = [{ text: SECRET }]
  return app.client.endpoints.create({ name: 'svix', path: '/svix', schemeId: 'svix', secrets })
}

it('a headless engine captures, says locked, and what it took is judged once unlocked', async () => {
  const endpoint = await addSvix()
  const secretId = endpoint.secrets[0]?.id ?? 0
  expect((await app.client.status.get()).secrets).toMatchObject({ state: 'open', slots: ['os'] })
  await send('msg_open')

  await reopen(null)
  const { secrets } = await app.client.status.get()
  expect(secrets).toMatchObject({ state: 'locked', slots: ['os'] })
  expect(secrets.sentence).toContain('OS key storage')
  expect((await send('msg_locked')).status).toBe(200)
  expect((await send('x'.repeat(1_200_000))).status).toBe(431)
  expect(await verdicts()).toEqual(['incomplete', 'locked', 'valid'])
  const [listed] = await app.client.endpoints.list()
  expect(listed?.secrets).toMatchObject([{ id: secretId, state: 'locked', name: 'signing secret' }])

  const { client } = app
  expect(await code(client.secrets.add({ endpointId: endpoint.id, text: 'x' }))).toBe('LOCKED')
  expect(await code(client.secrets.replace({ id: secretId, text: 'x' }))).toBe('LOCKED')
  expect(await code(client.secrets.reveal({ id: secretId }))).toBe('LOCKED')
  const withSecret = { name: 'n', path: '/n', schemeId: 'svix', secrets: [{ text: SECRET }] }
  expect(await code(client.endpoints.create(withSecret))).toBe('LOCKED')
  expect(await client.endpoints.list()).toHaveLength(1)

  await reopen(osKeyStorage)
  await judged()
  const [, was, first] = await rows()
  expect(was).toMatchObject({
    verdict: 'valid',
    verdictAtReceipt: 'locked',
    messageId: 'msg_locked',
  })
  expect(first).toMatchObject({ verdict: 'valid', verdictAtReceipt: 'valid' })
  expect(await app.client.secrets.reveal({ id: secretId })).toEqual({ text: SECRET })
})

it('a large body that came while locked is judged from its file', async () => {
  await addSvix()
  await reopen(null)
  const body = JSON.stringify({ type: 'big', filler: 'ü'.repeat(1_000_000) })
  await post(`${app.url}/svix`, body, svixHeaders(SECRET, body, { id: 'msg_big' }))
  expect(await verdicts()).toEqual(['locked'])
  await reopen(osKeyStorage)
  await judged()
  expect(await rows()).toMatchObject([{ verdict: 'valid', messageId: 'msg_big' }])
})

it('a configuration that changes while locked does not hide what was right before for good', async () => {
  const { id } = await addSvix()
  await send('msg_1')
  await reopen(null)
  await app.client.endpoints.update({
    id,
    tolerance: { pastSeconds: 600, futureSeconds: 600 },
  })
  await judged()
  expect(await verdicts()).toEqual(['locked'])
  await reopen(osKeyStorage)
  await judged()
  expect(await verdicts()).toEqual(['valid'])
})

it('a key storage that gives another key leaves everything locked, and nothing is overwritten', async () => {
  await addSvix()
  await reopen({ ...osKeyStorage, unwrap: async (wrapped) => wrapped.map((byte) => byte ^ 1) })
  expect((await app.client.status.get()).secrets.sentence).toContain('another key')
  await send('msg_1')
  expect(await verdicts()).toEqual(['locked'])
  await reopen({
    ...osKeyStorage,
    unwrap: () => Promise.reject(new Error('the keyring is not running')),
  })
  expect((await app.client.status.get()).secrets.sentence).toContain('keyring is not running')
  await reopen(osKeyStorage)
  await judged()
  expect(await verdicts()).toEqual(['valid'])
})

it('without a real key storage the desktop begins with a key file, and says so', async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true })
  const none: OsKeyStorage = { wrap: async () => null, unwrap: async () => null }
  app = await openEngine(dataDir, { osKeyStorage: none })
  const { secrets } = await app.client.status.get()
  expect(secrets).toMatchObject({ state: 'open', slots: ['key-file'] })
  expect(secrets.sentence).toContain('data.key')
  await addSvix()
  await send('msg_1')
  await reopen(null)
  await send('msg_2')
  expect(await verdicts()).toEqual(['valid', 'valid'])
})
