import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import braintree from 'braintree'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'
import { schemeOf, secretTextFor, settingsOf } from '#engine/signatures/made-request.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { newestRow, openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'
import { exchangeWith, type Heard, type Sent } from './raw-exchange.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const exchange = (sent: Sent) => exchangeWith(app.url, sent)

let made = 0
function endpointOf(
  schemeId: string,
  change: Partial<Parameters<typeof app.client.endpoints.create>[0]> = {},
) {
  const scheme = schemeOf(schemeId)
  const path = `/${schemeId}-${++made}`
  return app.client.endpoints.create({
    name: `${schemeId} ${made}`,
    path,
    schemeId,
    settings: { ...settingsOf(scheme) },
    secrets: [{ text: secretTextFor(scheme) }],
    ...change,
  })
}

interface Question {
  method?: string
  query?: string
  headers?: readonly RawHeader[]
  body?: unknown
}

function asSent({ path }: Endpoint, question: Question): Sent {
  const { method = 'POST', query = '', headers = [], body } = question
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method,
    target: path + query,
    headers: [['Host', '127.0.0.1'], ...headers],
    body: text ?? '',
  }
}

function signedBy(endpoint: Endpoint, sent: Sent, secretText?: string): Sent {
  const scheme = schemeOf(endpoint.schemeId ?? '')
  const settings = endpoint.settings
  const text = secretText ?? secretTextFor(scheme)
  const prepared = prepareSecret(scheme, { id: null, name: 'own', text }, settings)
  const [secret] = 'prepared' in prepared ? prepared.prepared : []
  if (!secret) throw new Error('There is no key.')
  const done = sign({
    scheme,
    secret,
    settings,
    head: { method: sent.method, target: sent.target, rawHeaders: sent.headers },
    body: Buffer.from(sent.body),
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in done) throw new Error(done.problem)
  return { ...sent, target: done.target, headers: done.rawHeaders, body: done.body }
}

const stored = async () => app.client.deliveries.get({ id: (await newestRow(app.client)).id })
const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json'
const challenge = 'c-7&<b>"\\☃'

/** What comes, and what must go back; everything that nobody signs. */
const unsigned: [string, string, Question, Partial<Heard> & { type?: string }][] = [
  [
    'meta',
    'hub.challenge',
    {
      method: 'GET',
      query: `?hub.mode=subscribe&hub.verify_token=verifyToken-for-tests&hub.challenge=1158201444`,
    },
    { status: 200, body: '1158201444', type: TEXT },
  ],
  [
    'dropbox',
    'challenge',
    { method: 'GET', query: `?challenge=${encodeURIComponent(challenge)}` },
    { status: 200, body: challenge, type: TEXT },
  ],
  [
    'ms-graph',
    'Validation token',
    { query: `?validationToken=Validation%3A+Testing+client+${encodeURIComponent(challenge)}` },
    { status: 200, body: `Validation: Testing client ${challenge}`, type: TEXT },
  ],
  [
    'okta',
    'Verification',
    { method: 'GET', headers: [['X-Okta-Verification-Challenge', 'a"b\\c']] },
    { status: 200, body: '{"verification":"a\\"b\\\\c"}', type: JSON_TYPE },
  ],
  [
    'onfleet',
    'Check',
    { method: 'GET', query: '?check=31fed9b4' },
    { status: 200, body: '31fed9b4', type: TEXT },
  ],
  [
    'lark',
    'URL verification',
    { body: { type: 'url_verification', token: 't', challenge } },
    { status: 200, body: JSON.stringify({ challenge }), type: JSON_TYPE },
  ],
  [
    'asana',
    'X-Hook-Secret',
    { headers: [['X-Hook-Secret', 'b537207f20cbfa02357cf448134da559']], body: {} },
    { status: 200, body: '' },
  ],
  ['trello', 'HEAD', { method: 'HEAD' }, { status: 200, body: '' }],
  ['intercom', 'HEAD', { method: 'HEAD' }, { status: 200, body: '' }],
  ['mandrill', 'URL check', { method: 'HEAD' }, { status: 200, body: '' }],
  ['surveymonkey', 'URL check', { method: 'HEAD' }, { status: 200, body: '' }],
  ['notion', 'verification_token', { body: { verification_token: 'secret_x' } }, { status: 200 }],
  ['novu', 'health-check', { method: 'GET', query: '?action=health-check' }, { status: 200 }],
  ['woocommerce', 'ping', { body: 'webhook_id=7' }, { status: 200 }],
]

describe('handshakes that nobody signs', () => {
  it.each(unsigned)('%s: %s', async (schemeId, name, question, expected) => {
    const endpoint = await endpointOf(schemeId)
    const heard = await exchange(asSent(endpoint, question))
    const { type, ...wanted } = expected
    expect(heard).toMatchObject(wanted)
    expect(heard.headers['content-type']).toBe(type)
    expect(heard.headers['x-content-type-options']).toBe(type && 'nosniff')
    expect(await stored()).toMatchObject({
      endpointId: endpoint.id,
      verdict: 'challenge',
      challenge: name,
      challengeNote: null,
      statusAnswered: heard.status,
      answer: { status: heard.status, bodyText: heard.body === '' ? null : heard.body },
    })
  })

  it('asana gets its header back', async () => {
    const endpoint = await endpointOf('asana')
    const headers: RawHeader[] = [['x-hook-secret', 'b537207f']]
    const heard = await exchange(asSent(endpoint, { headers, body: {} }))
    expect(heard.headers['x-hook-secret']).toBe('b537207f')
    expect((await stored()).answer?.rawHeaders).toEqual([['X-Hook-Secret', 'b537207f']])
  })

  it('braintree: public key and digest, and of nothing but a challenge', async () => {
    const endpoint = await endpointOf('braintree')
    const asked = '20f9f8ed05f77439fe955c977e4c8a53'
    const gateway = new braintree.BraintreeGateway({
      environment: braintree.Environment.Sandbox,
      merchantId: 'merchant',
      publicKey: 'publicKey-for-tests',
      privateKey: secretTextFor(schemeOf('braintree')),
    })
    const expected = gateway.webhookNotification.verify(asked)
    const heard = await exchange(
      asSent(endpoint, { method: 'GET', query: `?bt_challenge=${asked}` }),
    )
    expect(heard).toMatchObject({ status: 200, body: expected })
    const other = await exchange(
      asSent(endpoint, { method: 'GET', query: '?bt_challenge=PG5vdGlmaWNhdGlvbj4' }),
    )
    expect(other).toMatchObject({ status: 200, body: '' })
    expect((await stored()).challenge).toBeNull()
  })

  it('meta: another verify token is refused, and so is any where none is set', async () => {
    const query = '?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1'
    const wrong = await exchange(asSent(await endpointOf('meta'), { method: 'GET', query }))
    expect(wrong.status).toBe(403)
    expect(wrong.body).not.toContain('1')
    expect((await stored()).challengeNote).toContain('not the “Verify token”')
    const without = await endpointOf('meta', { settings: {} })
    expect((await exchange(asSent(without, { method: 'GET', query }))).status).toBe(403)
    expect((await stored()).challengeNote).toContain('has no “Verify token”')
  })

  it('are recorded only where the endpoint does not answer them', async () => {
    const endpoint = await endpointOf('dropbox', { answerChallenges: false })
    const heard = await exchange(asSent(endpoint, { method: 'GET', query: '?challenge=abc' }))
    expect(heard).toMatchObject({ status: 200, body: '' })
    expect(await stored()).toMatchObject({ verdict: 'challenge', challenge: null })
    await app.client.endpoints.update({ id: endpoint.id, answerChallenges: true })
    const again = await exchange(asSent(endpoint, { method: 'GET', query: '?challenge=abc' }))
    expect(again.body).toBe('abc')
    const nobody = { ...asSent(endpoint, { method: 'GET' }), target: '/nobody?challenge=abc' }
    expect((await exchange(nobody)).body).toBe('')
  })

  it('are not answered with more than a handshake holds', async () => {
    const endpoint = await endpointOf('lark')
    const body = { type: 'url_verification', challenge: 'x'.repeat(20_000) }
    expect((await exchange(asSent(endpoint, { body }))).body).toBe('')
    expect((await stored()).challengeNote).toContain('too long')
    const missing = { body: { type: 'url_verification' } }
    expect((await exchange(asSent(endpoint, missing))).body).toBe('')
    expect((await stored()).challengeNote).toBe('Not answered: the request has no `challenge`.')
  })
})

const zoomToken = 'qgg8vlvZRS6UYooatFL8Aw'
const zoomAnswer = JSON.stringify({
  plainToken: zoomToken,
  encryptedToken: createHmac('sha256', secretTextFor(schemeOf('zoom')))
    .update(zoomToken)
    .digest('hex'),
})
/** The refusal that a wrong signature gets: `null`: the endpoint's own answer. */
const signed: [string, string, Question, Partial<Heard> & { type?: string }, number | null][] = [
  [
    'slack',
    'url_verification',
    { body: { type: 'url_verification', challenge } },
    { status: 200, body: challenge, type: TEXT },
    401,
  ],
  [
    'zoom',
    'endpoint.url_validation',
    { body: { event: 'endpoint.url_validation', payload: { plainToken: zoomToken } } },
    { status: 200, body: zoomAnswer, type: JSON_TYPE },
    401,
  ],
  [
    'twitch',
    'webhook_callback_verification',
    {
      headers: [['Twitch-Eventsub-Message-Type', 'webhook_callback_verification']],
      body: { challenge: 'pogchamp-kappa' },
    },
    { status: 200, body: 'pogchamp-kappa', type: TEXT },
    401,
  ],
  [
    'discord',
    'PING',
    { body: { type: 1 } },
    { status: 200, body: '{"type":1}', type: JSON_TYPE },
    401,
  ],
  ['discord', 'webhook event PING', { body: { type: 0 } }, { status: 204, body: '' }, 401],
  [
    'xero',
    'intent to receive',
    { body: { events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: 'S0m3' } },
    { status: 200, body: '' },
    401,
  ],
  [
    'front',
    'sync',
    { headers: [['X-Front-Challenge', challenge.replace('☃', '')]], body: { type: 'sync' } },
    {
      status: 200,
      body: JSON.stringify({ challenge: challenge.replace('☃', '') }),
      type: JSON_TYPE,
    },
    401,
  ],
  [
    'dropbox-sign',
    'Hello API Event Received',
    { body: { event: { event_hash: '', event_time: '1', event_type: 'callback_test' } } },
    { status: 200, body: 'Hello API Event Received', type: TEXT },
    401,
  ],
  ['intercom', 'ping', { body: { topic: 'ping' } }, { status: 200, body: '' }, null],
  ['planetscale', 'Test', { body: { event: 'webhook.test' } }, { status: 200, body: '' }, null],
]

describe('handshakes that are signed', () => {
  it.each(signed)('%s: %s', async (schemeId, name, question, expected, refusal) => {
    const endpoint = await endpointOf(schemeId)
    const sent = signedBy(endpoint, asSent(endpoint, question))
    const { type, ...wanted } = expected
    const heard = await exchange(sent)
    expect((await stored()).verification.reason.sentence).toMatch(/^Signature matches/)
    expect(heard).toMatchObject(wanted)
    expect(heard.headers['content-type']).toBe(type)
    const note = schemeOf(schemeId).challenges?.find((each) => each.name === name)
    expect(await stored()).toMatchObject({
      challenge: name,
      challengeNote: note?.answer ? null : note?.sentence,
      verdict: 'valid',
    })

    const foreign = await app.client.secrets.replace({
      id: endpoint.secrets[0]?.id ?? 0,
      text: secretTextFor(schemeOf(schemeId), 'another one'),
    })
    expect(foreign.state).toBe('usable')
    const wrong = await exchange(sent)
    expect(wrong.status).toBe(refusal ?? 200)
    expect(wrong.body).not.toContain('challenge')
    expect(await stored()).toMatchObject({ challenge: name, verdict: 'invalid' })
  })

  it('discord and xero hear 401 for every wrong signature, others only in a handshake', async () => {
    for (const [schemeId, status] of [
      ['discord', 401],
      ['xero', 401],
      ['slack', 200],
    ] as const) {
      const endpoint = await endpointOf(schemeId)
      const sent = asSent(endpoint, { body: { type: 2, events: [{}], firstEventSequence: 5 } })
      const other = secretTextFor(schemeOf(schemeId), 'another one')
      expect((await exchange(signedBy(endpoint, sent, other))).status).toBe(status)
      expect((await stored()).challenge).toBeNull()
      expect((await exchange(signedBy(endpoint, sent))).status).toBe(200)
    }
  })

  it('without a secret slack is answered, zoom is not and says why', async () => {
    const slack = await endpointOf('slack', { secrets: [] })
    const asks = { body: { type: 'url_verification', challenge } }
    const sent = signedBy(slack, asSent(slack, asks))
    expect((await exchange(sent)).body).toBe(challenge)
    expect(await stored()).toMatchObject({ verdict: 'no-secret', challenge: 'url_verification' })
    const zoom = await endpointOf('zoom', { secrets: [] })
    const body = { event: 'endpoint.url_validation', payload: { plainToken: zoomToken } }
    const heard = await exchange(signedBy(zoom, asSent(zoom, { body })))
    expect(heard).toMatchObject({ status: 200, body: '' })
    expect(await stored()).toMatchObject({
      challenge: 'endpoint.url_validation',
      challengeNote:
        'Not answered: the answer is made with the signing secret, and this endpoint has none.',
    })
  })

  it('an unsigned question for a signed handshake tells nothing', async () => {
    const zoom = await endpointOf('zoom')
    const body = { event: 'endpoint.url_validation', payload: { plainToken: zoomToken } }
    const heard = await exchange(asSent(zoom, { body }))
    expect(heard.status).toBe(401)
    expect(heard.body).not.toContain(zoomToken)
  })
})
