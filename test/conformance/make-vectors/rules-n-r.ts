import { crc32 } from 'node:zlib'
import { compactJson, emptyBody, FORM, formBody, textBody } from './bodies.ts'
import {
  credentialRule,
  hmacRule,
  iso,
  listed,
  milliseconds,
  saying,
  seconds,
} from './hmac-rule.ts'
import { otherRsa, otherRsaCertificate, rsa, rsaCertificate } from './keys.ts'
import type { Message, Rule } from './rule.ts'

const BOTH_WAYS = { past: 300, future: 300 }
const NOW_MS = 1_765_432_100_000

const onfleet = hmacRule('onfleet', 'Onfleet', 'X-Onfleet-Signature', {
  secretForm: 'hex, decoded to bytes',
  algorithm: 'hmac-sha512',
  secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0',
  otherSecret: '0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff1',
  key: (secret) => Buffer.from(secret, 'hex'),
})

const noZone = (unixMs: number) => iso.text(unixMs).replace('Z', '')

const orb = hmacRule('orb', 'Orb', 'X-Orb-Signature', {
  prefix: 'v1=',
  several: true,
  write: (signatures) => signatures.join(' '),
  timestamp: { header: 'X-Orb-Timestamp', text: noZone },
  content: ({ timestamp, body }) => [`v1:${timestamp}:`, body],
  tolerance: BOTH_WAYS,
  extra: [
    {
      kind: 'timestamp-fraction',
      title: 'A timestamp with microseconds',
      expected: 'accept',
      before: saying(`${noZone(NOW_MS)}.123456`, 'X-Orb-Timestamp'),
    },
    {
      kind: 'timestamp-not-a-number',
      title: 'Something else as timestamp',
      expected: 'reject',
      before: saying('yesterday', 'X-Orb-Timestamp'),
    },
  ],
})

const webhookId = '8PT597110X687430LKGECATA'

const paypal: Rule = {
  scheme: 'paypal',
  provider: 'PayPal',
  secretForm: 'the certificate as PEM',
  algorithm: 'rsa-sha256',
  secret: rsaCertificate,
  otherSecret: otherRsaCertificate,
  signingKeys: { [rsaCertificate]: rsa.pkcs8, [otherRsaCertificate]: otherRsa.pkcs8 },
  settings: { webhookId },
  headers: [
    ['PAYPAL-AUTH-ALGO', 'SHA256withRSA'],
    ['PAYPAL-CERT-URL', 'https://api.paypal.com/v1/notifications/certs/CERT-test'],
  ],
  id: { header: 'PAYPAL-TRANSMISSION-ID', value: '69cd13f0-d67a-11e5-baa3-778b53f4ae55' },
  timestamp: { header: 'PAYPAL-TRANSMISSION-TIME', ...iso },
  content: ({ id, timestamp, body }) => [`${id}|${timestamp}|${webhookId}|${crc32(body)}`],
  encoding: 'base64',
  place: { header: 'PAYPAL-TRANSMISSION-SIG' },
  tolerance: null,
  extra: [
    {
      kind: 'timestamp-fraction',
      title: 'A timestamp with milliseconds',
      expected: 'accept',
      before: saying('2025-12-11T05:48:20.000Z', 'PAYPAL-TRANSMISSION-TIME'),
    },
    {
      kind: 'wrong-setting',
      title: 'Judged with another webhook ID',
      expected: 'reject',
      settings: { webhookId: 'WEBHOOK_ID' },
    },
    {
      kind: 'public-key-instead',
      title: 'Judged with the public key of the certificate',
      expected: 'accept',
      judgeWith: rsa.pem,
    },
  ],
}

const plainBody = (kind: string, title: string, before: string, after: string) =>
  textBody(kind, title, `${before}"webhookDeliveryAttemptTimestamp":"%TIMESTAMP%"${after}`)

const plain = hmacRule('plain', 'Plain', 'Plain-Request-Signature', {
  timestamp: { ...iso, inBody: true },
  tolerance: BOTH_WAYS,
  bodies: [
    plainBody(
      'compact',
      'Compact JSON with letters beyond ASCII',
      '{"id":"pEv_1","type":"thread.created","payload":{"n":4200,"t":"Grüße, 你好"},"webhookMetadata":{',
      '}}',
    ),
    plainBody(
      'odd',
      'JSON with odd spacing and a repeated key',
      '{ "dup":1,\t"dup":2 ,\r\n "webhookMetadata" : { "n":1.0, ',
      ' } }\n',
    ),
    plainBody('metadata-first', 'Metadata before the rest', '{"webhookMetadata":{', '},"id":"x"}'),
  ],
  extra: [
    {
      kind: 'timestamp-missing-in-body',
      title: 'A body without the timestamp',
      expected: 'reject',
      body: compactJson,
    },
  ],
})

/** The Plivo SDK's text: URL, sorted query, sorted form fields, nonce. */
function plivoText({ method, url, id, body }: Message): string[] {
  const [base = '', queryText = ''] = url.split('?')
  const query = sortedPairs(queryText).map(([name, value]) => `${name}=${value}`)
  const fields = method === 'POST' ? sortedPairs(Buffer.from(body).toString('utf8')) : []
  const mark = query.length > 0 || fields.length > 0 ? '?' : ''
  const dot = query.length > 0 && fields.length > 0 ? '.' : ''
  return [base, mark, query.join('&'), dot, ...fields.flat(), '.', id]
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function sortedPairs(text: string): [string, string][] {
  const pairs = [...new URLSearchParams(text)]
  return pairs.sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]))
}

const plivo = hmacRule('plivo-v3', 'Plivo (V3 signature)', 'X-Plivo-Signature-V3', {
  secretForm: 'the auth token as text',
  id: { header: 'X-Plivo-Signature-V3-Nonce', value: '05429567804466091622' },
  content: plivoText,
  encoding: 'base64',
  several: true,
  write: (signatures) => signatures.join(','),
  bodies: [
    formBody,
    textBody(
      'form-repeated',
      'A repeated field',
      'To=2&From=1&To=10&Event=Hangup&amount=4200',
      FORM,
    ),
    textBody('form-capitals', 'Names in capitals and small letters', 'a=1&B=2&A=3&b=%2B+4', FORM),
  ],
  extra: [
    {
      kind: 'query-in-url',
      title: 'A URL with a query that is not in order',
      expected: 'accept',
      before: (message) => ({ ...message, url: `${message.url}?foo=2&bar=1` }),
    },
    {
      kind: 'get-request',
      title: 'A GET request',
      expected: 'accept',
      body: emptyBody,
      before: (message) => ({
        ...message,
        method: 'GET',
        url: `${message.url}?To=15550100002&From=15550100001`,
      }),
    },
    {
      kind: 'wrong-url',
      title: 'Called at another URL than the signed one',
      expected: 'reject',
      after: (request) => ({ ...request, url: `${request.url}/` }),
    },
  ],
})

const recurly = hmacRule('recurly', 'Recurly', 'recurly-signature', {
  timestamp: milliseconds,
  content: ({ timestamp, body }) => [`${timestamp}.`, body],
  several: true,
  write: (signatures, { timestamp }) => [timestamp, ...signatures].join(','),
  extra: [
    {
      kind: 'no-timestamp',
      title: 'A signature alone, where the timestamp should stand',
      expected: 'reject',
      value: (value) => value.split(',')[1] ?? '',
    },
    {
      kind: 'order-swapped',
      title: 'The signature before the timestamp',
      expected: 'reject',
      value: (value) => value.split(',').reverse().join(','),
    },
  ],
})

const whsec = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`

const replicate = hmacRule('replicate', 'Replicate', 'webhook-signature', {
  secretForm: 'base64 after the last underscore',
  secret: whsec('replicate-key-0000000001'),
  otherSecret: whsec('replicate-key-0000000002'),
  key: (secret) => Buffer.from(secret.slice(secret.lastIndexOf('_') + 1), 'base64'),
  encoding: 'base64',
  prefix: 'v1,',
  several: true,
  write: (signatures) => signatures.join(' '),
  id: { header: 'webhook-id', value: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' },
  timestamp: { header: 'webhook-timestamp', ...seconds },
  content: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
})

const retell = hmacRule('retell', 'Retell AI', 'X-Retell-Signature', {
  secretForm: 'the API key as text',
  prefix: 'd=',
  write: listed('v'),
  timestamp: milliseconds,
  content: ({ timestamp, body }) => [body, timestamp],
  tolerance: BOTH_WAYS,
})

const signedRevenuecat = hmacRule(
  'revenuecat-signed',
  'RevenueCat (signed)',
  'X-RevenueCat-Webhook-Signature',
  {
    prefix: 'v1=',
    several: true,
    write: listed('t'),
    timestamp: seconds,
    content: ({ timestamp, body }) => [`${timestamp}.`, body],
  },
)

const basic = {
  secretForm: 'user:password',
  algorithm: 'basic-auth',
  secret: 'hooks:pässword:0001',
  otherSecret: 'hooks:pässword:0002',
  prefix: 'Basic ',
} satisfies Partial<Rule>

/** The schemes from okta to revenuecat. */
export const rules: Rule[] = [
  credentialRule('okta', 'Okta event hooks', 'Authorization'),
  hmacRule('onfido', 'Onfido', 'X-SHA2-Signature'),
  onfleet,
  orb,
  hmacRule('pagerduty', 'PagerDuty v3 webhooks', 'X-PagerDuty-Signature', {
    prefix: 'v1=',
    several: true,
    write: (signatures) => signatures.join(','),
  }),
  paypal,
  credentialRule('pipedrive', 'Pipedrive, Freshdesk, Gorgias', 'Authorization', basic),
  plain,
  hmacRule('planetscale', 'PlanetScale', 'X-PlanetScale-Signature'),
  plivo,
  credentialRule('postmark', 'Postmark', 'Authorization', basic),
  hmacRule('pusher', 'Pusher Channels', 'X-Pusher-Signature', {
    headers: [['X-Pusher-Key', '278d425bdf160c739803']],
  }),
  hmacRule('razorpay', 'Razorpay', 'X-Razorpay-Signature', {
    headers: [['x-razorpay-event-id', 'KTest0001']],
  }),
  recurly,
  replicate,
  retell,
  credentialRule('revenuecat', 'RevenueCat (Authorization header)', 'Authorization', {
    secret: 'Bearer revenuecat-test-token-0001',
    otherSecret: 'Bearer revenuecat-test-token-0002',
  }),
  signedRevenuecat,
]
