import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isDefinedError, safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const URL_SET = 'https://public.example.test/hook'
const squareHeaders = (url: string, body: string) => [
  'x-square-hmacsha256-signature',
  createHmac('sha256', 'square key')
    .update(url + body)
    .digest('base64'),
]
const create = (name: string, schemeId: string | null, settings: Record<string, string | null>) =>
  app.client.endpoints.create({
    name,
    path: `/${name}`,
    schemeId,
    settings,
    secrets: [{ text: `${schemeId} key` }],
  })
const judged = () =>
  until(async () => (await app.client.status.get()).judging === null, 'nothing is left to judge')

describe('settings of an endpoint', () => {
  it('count for what comes, and earlier deliveries are judged anew when they change', async () => {
    const made = await create('square', 'square', { notificationUrl: 'https://other.example.test' })
    await post(`${app.url}/square`, '{}', squareHeaders(URL_SET, '{}'))
    const row = await newestRow(app.client)
    expect(row.verdict).toBe('invalid')
    const changed = await app.client.endpoints.update({
      id: made.id,
      settings: { notificationUrl: URL_SET },
    })
    expect(changed.settings).toEqual({ notificationUrl: URL_SET })
    expect(changed.revision).toBe(made.revision + 1)
    await judged()
    expect(await app.client.deliveries.get({ id: row.id })).toMatchObject({
      verdict: 'valid',
      verdictAtReceipt: 'invalid',
    })
    const same = await app.client.endpoints.update({ id: made.id, settings: changed.settings })
    expect(same.revision).toBe(changed.revision)
    const renamed = await app.client.endpoints.update({ id: made.id, name: 'square 2' })
    expect(renamed).toMatchObject({ settings: changed.settings, revision: changed.revision })
  })

  it('seals secret ones: they verify, and never come back', async () => {
    const second = 'a second key that nobody may read'
    const made = await create('box', 'box', { secondaryKey: second })
    expect(made).toMatchObject({ settings: {}, secretSettings: ['secondaryKey'] })
    expect(JSON.stringify(await app.client.endpoints.list())).not.toContain(second)
    const files = readdirSync(dataDir).filter((file) => file.startsWith('countersign.'))
    expect(files).not.toEqual([])
    const telling = files.filter((file) => readFileSync(path.join(dataDir, file)).includes(second))
    expect(telling).toEqual([])
    const at = new Date().toISOString()
    const sign = (key: string) => createHmac('sha256', key).update(`{}${at}`).digest('base64')
    const headers = [
      ...['box-delivery-timestamp', at, 'box-signature-version', '1'],
      ...['box-signature-algorithm', 'HmacSHA256', 'box-signature-primary', 'AAAA'],
      ...['box-signature-secondary', sign(second)],
    ]
    await post(`${app.url}/box`, '{}', headers)
    expect((await newestRow(app.client)).verdict).toBe('valid')
    const kept = await app.client.endpoints.update({ id: made.id, settings: {} })
    expect(kept.secretSettings).toEqual(['secondaryKey'])
    const gone = await app.client.endpoints.update({
      id: made.id,
      settings: { secondaryKey: null },
    })
    expect(gone.secretSettings).toEqual([])
    await judged()
    expect((await newestRow(app.client)).verdict).toBe('invalid')
  })

  it('are still there after a restart, and go with another scheme', async () => {
    const made = await create('trello', 'trello', { callbackUrl: URL_SET })
    await app.engine.close()
    app = await openEngine(dataDir)
    const found = (await app.client.endpoints.list()).find(({ id }) => id === made.id)
    expect(found?.settings).toEqual({ callbackUrl: URL_SET })
    const other = await app.client.endpoints.update({ id: made.id, schemeId: 'github' })
    expect(other.settings).toEqual({})
  })

  it.each([
    ['github', { nothing: 'x' }, 'GitHub has no settings.'],
    ['square', { url: URL_SET, notificationUrl: URL_SET }, 'There are: notificationUrl.'],
    ['square', {}, 'Square needs “Notification URL”'],
    ['square', { notificationUrl: 'example.test' }, 'begins with http:// or https://'],
    [null, { a: 'b' }, 'An endpoint without a scheme has no settings.'],
  ])('are refused where the scheme does not take them: %s %j', async (scheme, settings, says) => {
    const { error } = await safe(create('refused', scheme, settings))
    expect(isDefinedError(error) && error.code).toBe('BAD_REQUEST')
    expect(error?.message).toContain(says)
    expect((await app.client.endpoints.list()).map(({ name }) => name)).not.toContain('refused')
  })
})
