/** The providers' own SDKs sign and we verify; we sign and they verify. In one process, no network. */
import { sign as githubSign, verify as githubVerify } from '@octokit/webhooks-methods'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Stripe } from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import { beforeAll, describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { verify } from '#engine/signatures/verify.ts'
import { novuReceiver, type NovuAnswer, type NovuCall } from './novu-receiver.ts'

const WHSEC = `whsec_${Buffer.from('countersign interop test key').toString('base64')}`
const BODIES = [
  '{"id":"evt_1","type":"a.b","text":"Grüße 🎉"}',
  '{ "id" : "evt_2",\n\t"n": 1.0, "n": 2 }\n',
]

function prepared(schemeId: string, text: string) {
  const scheme = findScheme(schemeId)
  if (!scheme) throw new Error(`There is no scheme ${schemeId}.`)
  const made = prepareSecret(scheme, { id: 1, name: 'interop', text })
  if ('problem' in made) throw new Error(made.problem)
  return { scheme, secret: made.prepared }
}

/** Our verdict on headers that an SDK made, now. */
function verdictOn(schemeId: string, secretText: string, headers: RawHeader[], body: string) {
  const { scheme, secret } = prepared(schemeId, secretText)
  const bytes = Buffer.from(body)
  const context = {
    head: { method: 'POST', target: '/', rawHeaders: headers },
    scheme,
    secrets: [secret],
    lockedSecrets: false,
    atMs: Date.now(),
    tolerance: null,
    incomplete: null,
  }
  return verify(context, { byteLength: bytes.byteLength, chunks: () => [bytes] }).verdict
}

/** The headers that we make, now, by lower-case name. */
function signedHeaders(
  schemeId: string,
  secretText: string,
  body: string,
  method = 'POST',
): Record<string, string> {
  const { scheme, secret } = prepared(schemeId, secretText)
  const signed = sign({
    scheme,
    secret,
    head: { method, target: '/', rawHeaders: [] },
    body: Buffer.from(body),
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in signed) throw new Error(signed.problem)
  return Object.fromEntries(signed.rawHeaders.map(([name, value]) => [name.toLowerCase(), value]))
}

function header(headers: Record<string, string>, name: string): string {
  const value = headers[name]
  if (value === undefined) throw new Error(`There is no header ${name}.`)
  return value
}

describe.each(BODIES)('with the body %j', (body) => {
  const now = new Date()
  const seconds = String(Math.floor(now.getTime() / 1000))

  test('svix', () => {
    const sdk = new SvixWebhook(WHSEC)
    const theirs: RawHeader[] = [
      ['svix-id', 'msg_1'],
      ['svix-timestamp', seconds],
      ['svix-signature', sdk.sign('msg_1', now, body)],
    ]
    expect(verdictOn('svix', WHSEC, theirs, body)).toBe('valid')
    expect(verdictOn('svix', WHSEC, theirs, `${body} `)).toBe('invalid')
    const ours = signedHeaders('svix', WHSEC, body)
    expect(() => sdk.verify(body, ours)).not.toThrow()
    expect(() => sdk.verify(`${body} `, ours)).toThrow('No matching signature')
  })

  test('standardwebhooks', () => {
    const sdk = new StandardWebhook(WHSEC)
    const theirs: RawHeader[] = [
      ['Webhook-Id', 'msg_1'],
      ['Webhook-Timestamp', seconds],
      ['Webhook-Signature', sdk.sign('msg_1', now, body)],
    ]
    expect(verdictOn('standard-webhooks', WHSEC, theirs, body)).toBe('valid')
    expect(verdictOn('standard-webhooks', WHSEC, theirs, `${body} `)).toBe('invalid')
    const ours = signedHeaders('standard-webhooks', WHSEC, body)
    expect(sdk.verify(body, ours)).toEqual(JSON.parse(body))
    expect(() => sdk.verify(`${body} `, ours)).toThrow('No matching signature')
  })

  test('stripe', () => {
    const { webhooks } = new Stripe('sk_test_none')
    const theirs = webhooks.generateTestHeaderString({ payload: body, secret: WHSEC })
    expect(verdictOn('stripe', WHSEC, [['Stripe-Signature', theirs]], body)).toBe('valid')
    expect(verdictOn('stripe', WHSEC, [['Stripe-Signature', theirs]], `${body} `)).toBe('invalid')
    const ours = header(signedHeaders('stripe', WHSEC, body), 'stripe-signature')
    expect(webhooks.constructEvent(body, ours, WHSEC)).toEqual(JSON.parse(body))
    expect(() => webhooks.constructEvent(`${body} `, ours, WHSEC)).toThrow('No signatures found')
  })

  test('@octokit/webhooks-methods', async () => {
    const theirs = await githubSign('It’s a secret', body)
    const headers: RawHeader[] = [['X-Hub-Signature-256', theirs]]
    expect(verdictOn('github', 'It’s a secret', headers, body)).toBe('valid')
    expect(verdictOn('github', 'It’s a secret', headers, `${body} `)).toBe('invalid')
    const ours = header(signedHeaders('github', 'It’s a secret', body), 'x-hub-signature-256')
    expect(await githubVerify('It’s a secret', body, ours)).toBe(true)
    expect(await githubVerify('It’s a secret', `${body} `, ours)).toBe(false)
  })
})

describe('@novu/framework accepts what we sign', () => {
  const key = 'novu-interop-key'
  let receive: (call: NovuCall) => Promise<NovuAnswer>
  beforeAll(async () => {
    receive = await novuReceiver(key)
  })

  async function post(sent: string, signed: string): Promise<NovuAnswer> {
    const signature = header(signedHeaders('novu', key, signed), 'novu-signature')
    const target = '/api/novu?action=execute&workflowId=welcome&stepId=send-email'
    return receive({ method: 'POST', target, signature, body: JSON.parse(sent) })
  }

  test('our sample, executed', async () => {
    const body = Buffer.from(sampleRequest(prepared('novu', key).scheme).body).toString()
    const answer = await post(body, body)
    expect(answer).toMatchObject({ status: 200, body: { outputs: { subject: 'Welcome' } } })
    const changed = await post(body.replace('team', 'solo'), body)
    expect(changed).toMatchObject({ status: 401, body: { code: 'SignatureMismatchError' } })
  })

  test('an indented body, which it re-serialises', async () => {
    const { body } = sampleRequest(prepared('novu', key).scheme)
    const indented = JSON.stringify(JSON.parse(Buffer.from(body).toString()), null, 2)
    expect((await post(indented, indented)).status).toBe(200)
  })

  test('GET discover, signed over {}', async () => {
    const signature = header(signedHeaders('novu', key, '', 'GET'), 'novu-signature')
    const call = { method: 'GET', target: '/api/novu?action=discover', body: undefined }
    const answer = await receive({ ...call, signature })
    expect(answer).toMatchObject({ status: 200, body: { workflows: [{ workflowId: 'welcome' }] } })
    expect((await receive({ ...call, signature: null })).status).toBe(401)
  })

  test('the health check, unsigned', async () => {
    const target = '/api/novu?action=health-check'
    const call = { method: 'GET', target, signature: null, body: undefined }
    expect((await receive(call)).status).toBe(200)
  })
})
