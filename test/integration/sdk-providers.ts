import { createHmac } from 'node:crypto'
import http, { type IncomingHttpHeaders } from 'node:http'
import { sign as githubSign, verify as githubVerify } from '@octokit/webhooks-methods'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Stripe } from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import { novuReceiver } from '#test/conformance/novu-receiver.ts'
import { listen } from './replay-rig.ts'

/** A provider as seen from outside: its own SDK, or its documented rule where there is none. */
export interface Provider {
  schemeId: string
  secret: string
  body: string
  query: string
  expected: { messageId: string | null; eventType: string }
  hasTimestamp: boolean
  /** Whether a replay may be given a new message id. */
  newId: boolean
  sign(at: Date): string[] | Promise<string[]>
  /** What the SDK says as receiver; throwing is refusing. */
  accepts(call: Call): unknown
}

export interface Call {
  method: string
  target: string
  headers: IncomingHttpHeaders
  body: string
}

const WHSEC = `whsec_${Buffer.from('countersign sdk sender tests').toString('base64')}`
const BODY =
  '{"id":"evt_1","type":"invoice.paid","event":"order.shipped","text":"Grüße 🎉","n":1.0}'
const { webhooks: stripe } = new Stripe('sk_test_none')

const text = (value: string | string[] | undefined): string => String(value ?? '')
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
const hmac = (key: string, content: string): string =>
  createHmac('sha256', key).update(content).digest('hex')
const plain = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, text(value)]))

const shared = {
  body: BODY,
  query: '',
  expected: { messageId: 'evt_1', eventType: 'invoice.paid' },
  hasTimestamp: true,
  newId: false,
}

const svix: Provider = {
  ...shared,
  schemeId: 'svix',
  secret: WHSEC,
  newId: true,
  sign: (at) => [
    ...['svix-id', 'evt_1', 'svix-timestamp', String(seconds(at))],
    ...['svix-signature', new SvixWebhook(WHSEC).sign('evt_1', at, BODY)],
  ],
  accepts: ({ headers, body }) => new SvixWebhook(WHSEC).verify(body, plain(headers)),
}

const standard: Provider = {
  ...shared,
  schemeId: 'standard-webhooks',
  secret: WHSEC,
  newId: true,
  sign: (at) => [
    ...['Webhook-Id', 'evt_1', 'Webhook-Timestamp', String(seconds(at))],
    ...['Webhook-Signature', new StandardWebhook(WHSEC).sign('evt_1', at, BODY)],
  ],
  accepts: ({ headers, body }) => new StandardWebhook(WHSEC).verify(body, plain(headers)),
}

const stripeProvider: Provider = {
  ...shared,
  schemeId: 'stripe',
  secret: 'whsec_stripe_text_as_it_stands',
  sign: (at) => [
    'Stripe-Signature',
    stripe.generateTestHeaderString({
      payload: BODY,
      secret: 'whsec_stripe_text_as_it_stands',
      timestamp: seconds(at),
    }),
  ],
  accepts: ({ headers, body }) =>
    stripe.constructEvent(
      body,
      text(headers['stripe-signature']),
      'whsec_stripe_text_as_it_stands',
    ),
}

const github: Provider = {
  ...shared,
  schemeId: 'github',
  secret: 'It’s a secret 🎉',
  expected: { messageId: '72d3162e-cc78-11e3-81ab-4c9367dc0958', eventType: 'push' },
  hasTimestamp: false,
  newId: true,
  sign: async () => [
    ...['X-GitHub-Event', 'push', 'X-GitHub-Delivery', '72d3162e-cc78-11e3-81ab-4c9367dc0958'],
    ...['X-Hub-Signature-256', await githubSign('It’s a secret 🎉', BODY)],
  ],
  accepts: async ({ headers, body }) => {
    const signature = text(headers['x-hub-signature-256'])
    if (!(await githubVerify('It’s a secret 🎉', body, signature))) throw new Error('refused')
  },
}

/** By the documented rule: its SDK is not on npm. */
const notifykit: Provider = {
  ...shared,
  schemeId: 'notifykit',
  secret: 'nk_whs_1',
  expected: { messageId: null, eventType: 'order.shipped' },
  sign: (at) => {
    const t = seconds(at)
    const signature = `t=${t},v1=${hmac('nk_whs_1', `${t}.${BODY}`)}`
    return ['X-Webhook-Timestamp', String(t), 'X-Webhook-Signature', signature]
  },
  accepts: ({ headers, body }) => {
    const at = text(headers['x-webhook-timestamp'])
    const given = /(?:^|,)v1=([0-9a-f]+)/.exec(text(headers['x-webhook-signature']))?.[1]
    if (given !== hmac('nk_whs_1', `${at}.${body}`)) throw new Error('refused')
    if (Math.abs(Date.now() / 1000 - Number(at)) > 300) throw new Error('too old')
  },
}

const NOVU_BODY =
  '{"workflowId":"welcome","stepId":"send-email","action":"execute","payload":{"n":"ü"},' +
  '"controls":{},"state":[],"subscriber":{"subscriberId":"user-1"}}'
const novuReceive = novuReceiver('novu-secret-key')

/** Milliseconds, as its cloud sends and its framework expects. */
const novu: Provider = {
  ...shared,
  schemeId: 'novu',
  secret: 'novu-secret-key',
  body: NOVU_BODY,
  query: '?action=execute&workflowId=welcome&stepId=send-email',
  expected: { messageId: null, eventType: 'execute' },
  sign: (at) => {
    const t = at.getTime()
    return ['Novu-Signature', `t=${t},v1=${hmac('novu-secret-key', `${t}.${NOVU_BODY}`)}`]
  },
  accepts: async ({ method, target, headers, body }) => {
    const signature = text(headers['novu-signature'])
    const receive = await novuReceive
    const { status } = await receive({ method, target, signature, body: JSON.parse(body) })
    if (status !== 200) throw new Error(`refused with ${status}`)
  },
}

export const providers: readonly Provider[] = [
  svix,
  standard,
  stripeProvider,
  github,
  notifykit,
  novu,
]

/** A handler as people have one: 202 for what the SDK accepts, 401 for what it refuses. */
export async function receiver(provider: Provider): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request
      const call = { method, target, headers, body: Buffer.concat(parts).toString() }
      Promise.resolve()
        .then(() => provider.accepts(call))
        .then(
          () => response.writeHead(202).end('accepted'),
          (error: unknown) => response.writeHead(401).end(String(error)),
        )
    })
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
