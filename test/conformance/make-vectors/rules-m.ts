import { createHash } from 'node:crypto'
import { FORM, oddJson, textBody } from './bodies.ts'
import { hmacRule, listed, milliseconds, saying, seconds, tokenCases } from './hmac-rule.ts'
import { ed25519, otherEd25519 } from './keys.ts'
import { without } from './request.ts'
import type { Message, Rule } from './rule.ts'

const BOTH_WAYS = { past: 300, future: 300 }
const NOW_MS = 1_765_432_100_000

const digestOf = (body: Uint8Array) =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
const paramsOf = (timestamp: string) =>
  `("content-digest");created=${timestamp};alg="ed25519";keyid="mckey"`

const mailchannels: Rule = {
  scheme: 'mailchannels',
  provider: 'MailChannels',
  secretForm: 'the Ed25519 public key: SubjectPublicKeyInfo in DER, base64',
  algorithm: 'ed25519',
  secret: ed25519.spki,
  otherSecret: otherEd25519.spki,
  signingKeys: { [ed25519.spki]: ed25519.pkcs8, [otherEd25519.spki]: otherEd25519.pkcs8 },
  headersOf: ({ body, timestamp }) => [
    ['Content-Digest', digestOf(body)],
    ['Signature-Input', `sig_${timestamp}=${paramsOf(timestamp)}`],
  ],
  content: ({ body, timestamp }) => [
    `"content-digest": ${digestOf(body)}\n"@signature-params": ${paramsOf(timestamp)}`,
  ],
  encoding: 'base64',
  place: { header: 'Signature' },
  write: (signatures, { timestamp }) => `sig_${timestamp}=:${signatures.join('')}:`,
  timestamp: { ...seconds },
  tolerance: BOTH_WAYS,
  notes: [
    'RFC 9421, over content-digest alone.',
    'A signer keeps the keyid of Signature-Input and renews the rest of it.',
  ],
  writesHeaders: ['Content-Digest'],
  keepsHeaders: ['Signature-Input'],
  extra: ['Content-Digest', 'Signature-Input'].map((name) => ({
    kind: 'missing-header',
    title: `Without ${name}`,
    expected: 'reject',
    after: (request) => without(request, name),
  })),
}

const mandrillText = ({ url, body }: Message): string[] => {
  const pairs = [...new URLSearchParams(Buffer.from(body).toString('utf8'))]
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return [url, ...pairs.flat()]
}
const mandrillEvents = (text: string) => `mandrill_events=${encodeURIComponent(text)}`

const mandrill = hmacRule(
  'mandrill',
  'Mandrill (Mailchimp Transactional)',
  'X-Mandrill-Signature',
  {
    secretForm: 'the key of the webhook as text',
    algorithm: 'hmac-sha1',
    url: 'https://hooks.example.test/in/mandrill?source=transactional',
    content: mandrillText,
    encoding: 'base64',
    bodies: [
      textBody(
        'form',
        'Events as JSON in a form field',
        mandrillEvents('[{"event":"open","_id":"m4200","msg":{"subject":"Grüße, 你好"}}]'),
        FORM,
      ),
      textBody('form-empty-list', 'No events', mandrillEvents('[]'), FORM),
      textBody(
        'form-unsorted',
        'Fields that are not in order, blanks as plus signs',
        `zeta=last+one&${mandrillEvents('[{"event":"hard_bounce","_id":"m2"}]')}&Alpha=%26%3D`,
        FORM,
      ),
    ],
    extra: [
      {
        kind: 'wrong-url',
        title: 'Called at another URL than the signed one',
        expected: 'reject',
        after: (request) => ({ ...request, url: 'https://hooks.example.test/in/mandrill' }),
      },
    ],
  },
)

const requestId = 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e'
const valuesOf = ({ url, headers, timestamp }: Message): [string, string | null | undefined][] => [
  ['id', new URL(url).searchParams.get('data.id')],
  ['request-id', headers.find(([name]) => name === 'X-Request-Id')?.[1]],
  ['ts', timestamp],
]

const mercadopago = hmacRule('mercadopago', 'Mercado Pago', 'X-Signature', {
  url: 'https://hooks.example.test/in/mercadopago?data.id=123456789&type=payment',
  headers: [['X-Request-Id', requestId]],
  keepsHeaders: ['X-Request-Id'],
  content: (message) =>
    valuesOf(message).flatMap(([name, value]) => (value ? [`${name}:${value};`] : [])),
  prefix: 'v1=',
  write: listed('ts'),
  timestamp: milliseconds,
  bodyNotCovered: true,
  extra: [
    {
      kind: 'timestamp-seconds',
      title: 'The timestamp in seconds',
      expected: 'accept',
      before: saying(seconds.text(NOW_MS)),
    },
    {
      kind: 'space-after-comma',
      title: 'A blank between the entries',
      expected: 'accept',
      value: (value) => value.replace(',', ', '),
    },
    {
      kind: 'part-absent',
      title: 'Signed and sent without data.id',
      expected: 'accept',
      before: (message) => ({ ...message, url: 'https://hooks.example.test/in/mercadopago' }),
    },
    {
      kind: 'wrong-url',
      title: 'Another data.id than the signed one',
      expected: 'reject',
      after: (request) => ({ ...request, url: request.url.replace('123456789', '123456780') }),
    },
    {
      kind: 'missing-header',
      title: 'Without X-Request-Id, which was signed',
      expected: 'reject',
      after: (request) => ({
        ...request,
        headers: request.headers.filter(([, value]) => value !== requestId),
      }),
    },
  ],
})

const sha256Hex = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

const messagebird: Rule = {
  scheme: 'messagebird',
  provider: 'MessageBird / Bird',
  secretForm: 'the signing key as text',
  algorithm: 'jwt-hs256',
  secret: 'messagebird-signing-key-0001',
  otherSecret: 'messagebird-signing-key-0002',
  url: 'https://hooks.example.test/in/messagebird?channel=sms',
  claims: ({ unixMs, url, body }) => ({
    iss: 'MessageBird',
    iat: Math.floor(unixMs / 1000),
    nbf: Math.floor(unixMs / 1000),
    exp: Math.floor(unixMs / 1000) + 60,
    jti: 'a6a6be10-f6ab-4fe4-a4cd-9d8e8e0f1b5c',
    url_hash: sha256Hex(url),
    payload_hash: sha256Hex(body),
  }),
  place: { header: 'MessageBird-Signature-JWT' },
  timestamp: seconds,
  tolerance: { past: 64, future: 5 },
  notes: [
    'A token is good from nbf until exp, 60 s later; the SDK allows the clock 5 s of difference.',
  ],
  extra: [
    ...tokenCases,
    {
      kind: 'wrong-url',
      title: 'Called at another URL than the signed one',
      expected: 'reject',
      after: (request) => ({ ...request, url: `${request.url}&more=1` }),
    },
  ],
}

const metronome = hmacRule('metronome', 'Metronome', 'Metronome-Webhook-Signature', {
  timestamp: { header: 'X-Metronome-Date', text: (unixMs) => new Date(unixMs).toUTCString() },
  content: ({ timestamp, body }) => [`${timestamp}\n`, body],
  tolerance: BOTH_WAYS,
})

const msGraph: Rule = {
  scheme: 'ms-graph',
  provider: 'Microsoft Graph change notifications',
  secretForm: 'the clientState as text',
  algorithm: 'shared-token',
  secret: 'ms-graph-client-state-0001',
  otherSecret: 'ms-graph-client-state-0002',
  place: { json: 'value.clientState' },
  tolerance: null,
  bodyNotCovered: true,
  bodies: [
    textBody(
      'compact',
      'Compact JSON',
      '{"value":[{"subscriptionId":"s1","clientState":"%SIGNATURE%","changeType":"created","resource":"users/4200"}]}',
    ),
    textBody(
      'odd',
      'JSON with odd spacing',
      '{ "value" :\r\n\t[ {"changeType":"updated" , "resource":"Gr\\u00fc\\u00dfe", "clientState" : "%SIGNATURE%"} ] }\n',
    ),
    textBody(
      'unicode',
      'JSON with letters beyond ASCII',
      '{"value":[{"resource":"你好 🦊","changeType":"deleted","clientState":"%SIGNATURE%"}]}',
    ),
  ],
}

const msTeams = hmacRule('ms-teams', 'Microsoft Teams outgoing webhooks', 'Authorization', {
  secretForm: 'the security token, base64',
  secret: Buffer.from('ms-teams-security-token-00000001').toString('base64'),
  otherSecret: Buffer.from('ms-teams-security-token-00000002').toString('base64'),
  key: (secret) => Buffer.from(secret, 'base64'),
  encoding: 'base64',
  prefix: 'HMAC ',
})

/** The schemes from mailchannels to mux. */
export const rules: Rule[] = [
  mailchannels,
  hmacRule('mailerlite', 'MailerLite', 'Signature'),
  mandrill,
  hmacRule('mautic', 'Mautic', 'Webhook-Signature', {
    encoding: 'base64',
    bodies: [
      textBody(
        'compact',
        'Compact JSON',
        '{"mautic.lead_points_change":{"points":4200,"name":"Žofie"}}',
      ),
      oddJson,
      textBody('array', 'An array', '[1,2,"drei"]'),
    ],
  }),
  mercadopago,
  messagebird,
  metronome,
  hmacRule('modern-treasury', 'Modern Treasury', 'X-Signature', {
    headers: [
      ['X-Event-ID', '5f3c1f1e-0000-4000-8000-000000000001'],
      ['X-Topic', 'payment_order'],
    ],
  }),
  msGraph,
  msTeams,
  hmacRule('mux', 'Mux', 'Mux-Signature', {
    prefix: 'v1=',
    several: true,
    write: listed('t'),
    timestamp: seconds,
    content: ({ timestamp, body }) => [`${timestamp}.`, body],
    tolerance: { past: 300, future: null },
  }),
]
