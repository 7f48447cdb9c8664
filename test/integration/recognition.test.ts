/** What an unjudged delivery looks like, found by trying the stored secrets; no verdict changes. */
import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
let shopId = 0
beforeAll(async () => {
  app = await openEngine(dataDir)
  const { create } = app.client.endpoints
  const secrets = [
    { name: 'old', text: 'shop secret of old' },
    { name: 'live', text: 'shop secret' },
  ]
  const shop = { name: 'shop', path: '/shop', schemeId: 'lemonsqueezy', secrets }
  shopId = (await create(shop)).id
  await create({
    name: 'mail',
    path: '/mail',
    schemeId: 'resend',
    secrets: [{ text: whsec('mail') }],
  })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const BODY = '{"n":1}'
const signature = (secret: string, body = BODY) =>
  createHmac('sha256', secret).update(body).digest('hex')

async function arrive(path: string, headers: string[], body = BODY) {
  await post(app.url + path, body, headers)
  const row = await newestRow(app.client)
  const suggestion = await app.client.deliveries.suggestEndpoint({ id: row.id })
  return { row, suggestion }
}

it('names scheme, secret and endpoint of a delivery that went to the wrong path', async () => {
  const { row, suggestion } = await arrive('/wrong', ['X-Signature', signature('shop secret')])
  expect(suggestion).toMatchObject({
    path: '/wrong',
    endpointId: null,
    schemeId: 'lemonsqueezy',
    confidence: 'certain',
    secret: { name: 'live', endpointId: shopId, endpointName: 'shop', endpointPath: '/shop' },
  })
  // Nobody listens there for that secret: the verdict says nothing of it, now or later.
  expect(row).toMatchObject({ verdict: 'no-scheme', endpointId: null })
  const again = await app.client.deliveries.get({ id: row.id })
  expect(again.verification).toMatchObject({ verdict: 'no-scheme', matchedSecretId: null })
})

it('a foreign secret makes nothing valid where the headers name the scheme', async () => {
  const { row, suggestion } = await arrive('/else', svixHeaders(whsec('mail'), BODY))
  expect(row.verdict).toBe('no-secret')
  expect(suggestion).toMatchObject({ secret: { endpointName: 'mail' }, confidence: 'certain' })
})

it('leaves open what no secret tells', async () => {
  const { row, suggestion } = await arrive('/wrong', ['X-Signature', signature('unknown')])
  expect(row.verdict).toBe('no-scheme')
  expect(suggestion).toMatchObject({ schemeId: null, confidence: 'possible', secret: null })
  expect(suggestion?.candidates).toContain('lemonsqueezy')
  expect((await arrive('/wrong', [])).suggestion).toBeNull()
})

it('names the scheme of an endpoint that has secrets but no scheme; one that has is left alone', async () => {
  const made = { name: 'bare', path: '/bare', schemeId: null, secrets: [{ name: 's', text: 'b' }] }
  const { id } = await app.client.endpoints.create(made)
  const { row, suggestion } = await arrive('/bare', ['X-Signature', signature('b')])
  expect(row).toMatchObject({ endpointId: id, verdict: 'no-scheme' })
  expect(suggestion).toMatchObject({ endpointId: id, secret: { name: 's', endpointId: id } })
  const schemeId = suggestion?.schemeId ?? null
  expect(schemeId).not.toBeNull()
  await app.client.endpoints.update({ id, schemeId })
  const after = await arrive('/bare', ['X-Signature', signature('b')])
  expect(after.row.verdict).toBe('valid')
  expect(after.suggestion).toBeNull()
})

it('follows a secret that is added later, and forgets one that is removed', async () => {
  const { row } = await arrive('/late', ['X-Signature', signature('added later')])
  const { id } = await app.client.secrets.add({
    endpointId: shopId,
    name: 'new',
    text: 'added later',
  })
  const ask = () => app.client.deliveries.suggestEndpoint({ id: row.id })
  expect((await ask())?.secret).toMatchObject({ name: 'new' })
  await app.client.secrets.remove({ id })
  expect((await ask())?.secret).toBeNull()
})

it('tries nothing on a body over 1 MiB', async () => {
  const body = 'x'.repeat(1024 * 1024 + 1)
  const headers = ['X-Signature', signature('shop secret', body)]
  expect((await arrive('/wrong', headers, body)).suggestion?.secret).toBeNull()
})
