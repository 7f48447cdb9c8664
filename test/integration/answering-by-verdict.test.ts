import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '#contract/endpoint.ts'
import { schemeOf, secretTextFor, settingsOf } from '#engine/signatures/made-request.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { newestRow, openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'
import { exchangeWith } from './raw-exchange.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const newest = async () => app.client.deliveries.get({ id: (await newestRow(app.client)).id })

const scheme = (schemeId: string) => {
  const of = schemeOf(schemeId)
  return { schemeId, settings: { ...settingsOf(of) }, secrets: [{ text: secretTextFor(of) }] }
}
/** A delivery as the provider would sign it, with the endpoint's secret or with another. */
function signedFor(endpoint: Endpoint, body: string, secretText?: string) {
  const of = schemeOf(endpoint.schemeId ?? '')
  const text = secretText ?? secretTextFor(of)
  const prepared = prepareSecret(of, { id: null, name: 'own', text }, endpoint.settings)
  const [secret] = 'prepared' in prepared ? prepared.prepared : []
  if (!secret) throw new Error('There is no key.')
  const done = sign({
    scheme: of,
    secret,
    settings: endpoint.settings,
    head: { method: 'POST', target: endpoint.path, rawHeaders: [['Host', 'h']] },
    body: Buffer.from(body),
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in done) throw new Error(done.problem)
  return { method: 'POST', target: done.target, headers: done.rawHeaders, body: done.body }
}
const plain = { method: 'POST', headers: [['Host', 'h']] as [string, string][], body: '{}' }

describe('by verdict', () => {
  it.each(['discord', 'xero'])('%s is answered so without being told', async (schemeId) => {
    const endpoint = await app.client.endpoints.create({
      name: `${schemeId} by verdict`,
      path: `/${schemeId}-by-verdict`,
      ...scheme(schemeId),
    })
    const body = '{"type":2,"events":[{}],"firstEventSequence":5}'
    expect((await exchangeWith(app.url, signedFor(endpoint, body))).status).toBe(200)
    expect((await newest()).answer?.by).toBe('verdict')
    const other = secretTextFor(schemeOf(schemeId), 'another one')
    expect((await exchangeWith(app.url, signedFor(endpoint, body, other))).status).toBe(401)
    expect((await newest()).answer?.by).toBe('verdict')
    const unsigned = { ...plain, target: endpoint.path }
    expect((await exchangeWith(app.url, unsigned)).status).toBe(401)
    // The set-up test itself: a handshake, signed right and wrong.
    const asks =
      schemeId === 'discord'
        ? '{"type":1}'
        : '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3"}'
    expect((await exchangeWith(app.url, signedFor(endpoint, asks))).status).toBe(200)
    expect((await exchangeWith(app.url, signedFor(endpoint, asks, other))).status).toBe(401)
    expect((await newest()).answer?.by).toBe('challenge')
    await app.client.endpoints.update({ id: endpoint.id, answerChallenges: false })
    expect((await exchangeWith(app.url, signedFor(endpoint, body, other))).status).toBe(401)
  })

  it('an endpoint’s own answers win over that, but for handshakes', async () => {
    const endpoint = await app.client.endpoints.create({
      name: 'teapot',
      path: '/teapot',
      ...scheme('discord'),
      answering: { mode: 'canned', answers: [{ status: 418 }] },
    })
    const other = secretTextFor(schemeOf('discord'), 'another one')
    const wrong = signedFor(endpoint, '{"type":2}', other)
    expect((await exchangeWith(app.url, wrong)).status).toBe(418)
    const ping = signedFor(endpoint, '{"type":1}')
    expect(await exchangeWith(app.url, ping)).toMatchObject({ status: 200, body: '{"type":1}' })
  })

  it('any scheme can be, with answers of one’s own', async () => {
    const endpoint = await app.client.endpoints.create({
      name: 'stripe by verdict',
      path: '/stripe-by-verdict',
      ...scheme('stripe'),
      answering: {
        mode: 'by-verdict',
        answers: [{ status: 202, body: 'taken' }],
        otherwise: { status: 403, body: 'no: {{verdict}}' },
      },
    })
    const right = signedFor(endpoint, '{"id":"evt_1"}')
    expect(await exchangeWith(app.url, right)).toMatchObject({ status: 202, body: 'taken' })
    const tampered = { ...right, body: '{"id":"evt_2"}' }
    const refused = await exchangeWith(app.url, tampered)
    expect(refused).toMatchObject({ status: 403, body: 'no: invalid' })
    const unsigned = { ...plain, target: endpoint.path }
    expect((await exchangeWith(app.url, unsigned)).body).toBe('no: unsigned')
  })
})
