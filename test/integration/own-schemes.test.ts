import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scheme } from '#contract/scheme.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from './opened-engine.ts'
import { judged } from './started-engine.ts'

const dataDir = temporaryDataDir()
const SECRET = 'kept between the two of us'
let app: OpenedEngine
let endpointId = 0

/** Signs `{timestamp}/{body}` and lists it as `v=…;ts=…`; nobody of the catalogue does. */
const acme: Scheme = {
  id: 'acme-billing',
  name: 'Acme Billing',
  documentationUrl: 'https://acme.example/webhooks',
  confidence: { kind: 'unconfirmed', by: '' },
  algorithm: 'hmac-sha512',
  key: 'utf8',
  secretHint: 'the webhook key of the account',
  signature: {
    place: { header: 'Acme-Sig' },
    encoding: 'base64',
    list: ';',
    pair: '=',
    version: 'v',
  },
  timestamp: { place: { field: 'ts' }, unit: 's' },
  messageId: { header: 'Acme-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'kind' }],
  content: '{timestamp}/{body}',
  tolerance: { pastSeconds: 60, futureSeconds: 60 },
  recognition: { headers: ['acme-sig'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'bill.sent' },
  },
  quirks: [],
}

function acmeHeaders(body: string, separator = '/', id = 'a-1'): string[] {
  const ts = Math.floor(Date.now() / 1000)
  const hmac = createHmac('sha512', SECRET).update(`${ts}${separator}${body}`).digest('base64')
  return ['Acme-Id', id, 'Acme-Sig', `ts=${ts};v=${hmac}`]
}
const verdictOf = async (id: number) =>
  (await app.client.deliveries.get({ id })).verification.verdict

async function deliver(path: string, body: string, headers: readonly string[]) {
  expect((await post(app.url + path, body, headers)).status).toBe(200)
  return newestRow(app.client)
}

/** A receiver on a free loopback port that answers 204. */
async function withReceiver<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = http.createServer((_, response) => response.writeHead(204).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    return await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

beforeAll(async () => {
  app = await openEngine(dataDir)
  const saved = await app.client.schemes.save({ scheme: acme })
  if (!saved.own) throw new Error('An own scheme was saved.')
  const endpoint = await app.client.endpoints.create({
    name: 'acme',
    path: '/acme',
    schemeId: acme.id,
    secrets: [{ text: SECRET }],
  })
  endpointId = endpoint.id
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('an own scheme', () => {
  it('stands in the list beside the catalogue, which stays', async () => {
    const list = await app.client.schemes.list()
    expect(list.find(({ id }) => id === acme.id)).toMatchObject({
      own: true,
      algorithm: 'HMAC-SHA512',
      signaturePlace: 'Acme-Sig',
    })
    expect(list.find(({ id }) => id === 'stripe')?.own).toBe(false)
    const detail = await app.client.schemes.get({ id: acme.id })
    expect(detail).toEqual({ scheme: acme, own: true, endpoints: ['acme'] })
    expect((await app.client.schemes.get({ id: 'stripe' })).own).toBe(false)
    await expect(app.client.schemes.get({ id: 'nobody' })).rejects.toThrow('There is no scheme')
    await expect(app.client.schemes.save({ scheme: { ...acme, id: 'stripe' } })).rejects.toThrow(
      'The catalogue has a scheme “stripe” already.',
    )
    await expect(app.client.schemes.remove({ id: 'stripe' })).rejects.toThrow('stay')
    expect(await app.client.schemes.check({ scheme: { ...acme, content: '{bdy}' } })).toEqual([
      { path: 'content', sentence: expect.stringContaining('There is no piece {bdy}.') },
    ])
  })

  it('judges, explains and signs deliveries', async () => {
    const body = '{"kind":"bill.sent"}'
    const right = await deliver('/acme', body, acmeHeaders(body))
    expect(right).toMatchObject({ verdict: 'valid', eventType: 'bill.sent', messageId: 'a-1' })
    const wrong = await deliver('/acme', `${body} `, acmeHeaders(body, '/', 'a-2'))
    expect(wrong.verdict).toBe('invalid')
    const explanation = await app.client.deliveries.explain({ id: right.id })
    expect(explanation.schemeName).toBe('Acme Billing')
    expect(explanation.signedContent.map(({ kind }) => kind)).toEqual([
      'timestamp',
      'literal',
      'body',
    ])
    const test = await app.client.tools.sendTest({ endpointId })
    expect(await verdictOf(test.deliveryId)).toBe('valid')
    await withReceiver(async (url) => {
      const replay = await app.client.replays.create({ deliveryId: right.id, url, resign: true })
      expect(replay.answer?.status).toBe(204)
      const sent = replay.request.rawHeaders.find(([name]) => name === 'Acme-Sig')?.[1] ?? ''
      expect(sent).toMatch(/ts=\d+/)
    })
  })

  it('is recognised at the catch-all, and on the Verify page', async () => {
    const stray = await deliver('/elsewhere', '{}', acmeHeaders('{}', '/', 'a-3'))
    expect(stray.verdict).toBe('no-secret')
    const suggested = await app.client.deliveries.suggestEndpoint({ id: stray.id })
    expect(suggested?.schemeId).toBe(acme.id)
    const [, id = '', , signature = ''] = acmeHeaders('{}')
    const request = {
      method: 'POST',
      target: '/',
      rawHeaders: [
        ['Acme-Id', id],
        ['Acme-Sig', signature],
      ] satisfies [string, string][],
      bodyBase64: btoa('{}'),
    }
    const given = { request, secrets: [SECRET] }
    for (const schemeId of [acme.id, null]) {
      const { explanation } = await app.client.verifying.check({ ...given, schemeId })
      expect(explanation.verification.verdict).toBe('valid')
    }
  })

  it('is tried while it is written, on text and on captured deliveries', async () => {
    const [, , , signature = ''] = acmeHeaders('{"kind":"x"}', '|')
    const text = `POST / HTTP/1.1\nAcme-Sig: ${signature}\n\n{"kind":"x"}`
    const draft = { ...acme, id: 'draft', messageId: null, newMessageId: undefined }
    const piped = JSON.parse(JSON.stringify({ ...draft, content: '{timestamp}|{body}' }))
    const verdict = async (scheme: unknown, secrets = [SECRET]) => {
      const tried = await app.client.schemes.try({ scheme, request: { text }, secrets })
      return 'explanation' in tried ? tried.explanation.verification.verdict : tried
    }
    expect(await verdict(piped)).toBe('valid')
    expect(await verdict({ ...piped, content: '{timestamp}/{body}' })).toBe('invalid')
    expect(await verdict(piped, [])).toBe('no-secret')
    expect(await verdict({ ...piped, content: '{nothing}' })).toHaveProperty('problems')
    const unread = await app.client.schemes.try({ scheme: piped, request: { text: '' } })
    expect(unread).toEqual({ request: expect.any(String) })
    const { rows } = await app.client.deliveries.list({ filter: { endpoint: endpointId } })
    const valid = rows.find((row) => row.verdict === 'valid')
    const onDelivery = await app.client.schemes.try({
      scheme: acme,
      request: { deliveryId: valid?.id ?? 0 },
    })
    expect(onDelivery).toMatchObject({ explanation: { verification: { verdict: 'valid' } } })
    await expect(
      app.client.schemes.try({ scheme: acme, request: { deliveryId: 99_999 } }),
    ).rejects.toThrow('There is no delivery')
  })

  it('is there after a restart, and judges what came before anew when it changes', async () => {
    await app.engine.close()
    app = await openEngine(dataDir)
    const old = await deliver('/acme', '{"n":1}', acmeHeaders('{"n":1}', '/', 'b-1'))
    const colon = await deliver('/acme', '{"n":2}', acmeHeaders('{"n":2}', ':', 'b-2'))
    expect([old.verdict, colon.verdict]).toEqual(['valid', 'invalid'])
    const revision = async () =>
      (await app.client.endpoints.list()).find(({ id }) => id === endpointId)?.revision ?? 0
    const before = await revision()
    await app.client.schemes.save({ scheme: { ...acme, content: '{timestamp}:{body}' } })
    expect(await revision()).toBe(before + 1)
    await judged(app.client)
    expect([await verdictOf(old.id), await verdictOf(colon.id)]).toEqual(['invalid', 'valid'])
    const receipt = await app.client.deliveries.get({ id: old.id })
    expect(receipt.verificationAtReceipt.verdict).toBe('valid')
    const fresh = await deliver('/acme', '{"n":3}', acmeHeaders('{"n":3}', ':', 'b-3'))
    expect(fresh.verdict).toBe('valid')
    await app.client.schemes.save({ scheme: { ...acme, content: '{timestamp}:{body}' } })
    expect(await revision()).toBe(before + 1)
  })

  it('stays while an endpoint uses it', async () => {
    const remove = () => app.client.schemes.remove({ id: acme.id })
    await expect(remove()).rejects.toThrow('used by “acme”')
    await app.client.endpoints.update({ id: endpointId, schemeId: null })
    await remove()
    expect((await app.client.schemes.list()).some(({ id }) => id === acme.id)).toBe(false)
    await expect(remove()).rejects.toThrow('There is no scheme')
    const stray = await deliver('/elsewhere', '{}', acmeHeaders('{}'))
    expect(stray.verdict).toBe('no-scheme')
  })
})

it('the model is given as a JSON Schema, with words', async () => {
  const model = await app.client.schemes.jsonSchema()
  expect(model).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    properties: {
      algorithm: { title: 'Algorithm', description: expect.stringContaining('hmac-sha256') },
    },
  })
  const { properties } = model as { properties: Record<string, { description?: string }> }
  for (const [name, { description }] of Object.entries(properties)) {
    expect([name, description ?? '']).not.toContain('')
  }
})
