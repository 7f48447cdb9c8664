import { createHash } from 'node:crypto'
import { FORM, textBody } from './bodies.ts'
import { otherRsa, otherRsaCertificate, rsa, rsaCertificate } from './keys.ts'
import type { Body, Case, Message, Rule } from './rule.ts'

/** What Amazon SNS signs, by the type of the message; those that are there, in this order. */
const SNS_NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
const SNS_SUBSCRIPTION = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
]

function snsContent({ body }: Message): string[] {
  const text = Buffer.from(body).toString('utf8')
  const values = new Map(Object.entries<unknown>(JSON.parse(text)))
  const names = values.get('Type') === 'Notification' ? SNS_NOTIFICATION : SNS_SUBSCRIPTION
  return names
    .filter((name) => values.has(name))
    .map((name) => `${name}\n${String(values.get(name))}\n`)
}

function snsBody(kind: string, title: string, members: Record<string, string>, space = 0): Body {
  const message = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:example',
    Message: 'order 4200: Grüße 🦊\n"quoted"',
    Timestamp: '%TIMESTAMP%',
    SignatureVersion: '2',
    Signature: '%SIGNATURE%',
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-example.pem',
    UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&example=1',
    ...members,
  }
  return textBody(kind, title, JSON.stringify(message, null, space), 'text/plain; charset=UTF-8')
}

const confirmation = {
  Type: 'SubscriptionConfirmation',
  Token: '2336412f37f4example',
  SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&example=1',
}

const snsVersion1: Case = {
  kind: 'body-version-1',
  title: 'SignatureVersion 1: RSA with SHA-1',
  expected: 'accept',
  body: snsBody('version-1', '', { SignatureVersion: '1' }),
  algorithm: 'rsa-sha1',
}

const PAYLOAD = Buffer.from('<notification><kind>check</kind></notification>').toString('base64')
const BRAINTREE_KEY = 'braintree_public_0001'

function braintreeBody(kind: string, title: string, payload: string): Body {
  const text = `bt_signature=%SIGNATURE%&bt_payload=${encodeURIComponent(payload)}`
  return textBody(kind, title, text, FORM)
}

function braintreePayload({ body }: Message): string {
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('bt_payload') ?? ''
}

function dropboxSignContent({ body }: Message): string[] {
  const text = Buffer.from(body).toString('utf8')
  const root = new Map(Object.entries<unknown>(JSON.parse(text)))
  const event = new Map(Object.entries<unknown>(Object(root.get('event'))))
  return [String(event.get('event_time')), String(event.get('event_type'))]
}

const HOOK0_HEADERS = 'x-event-id x-event-type'

function hook0Content({ headers, timestamp, body }: Message): (string | Uint8Array)[] {
  const values = HOOK0_HEADERS.split(' ').map(
    (name) => headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '',
  )
  return [timestamp, '.', HOOK0_HEADERS, '.', values.join('.'), '.', body]
}

function replaced(from: string, to: string): Required<Case>['after'] {
  return (request) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [name, value === from ? to : value]),
    body: Buffer.from(Buffer.from(request.body).toString('utf8').replace(from, to)),
  })
}

export const specialRules: Rule[] = [
  {
    scheme: 'aws-sns',
    provider: 'AWS SNS over HTTP',
    secretForm: 'the signing certificate in PEM, or its public key',
    algorithm: 'rsa-sha256',
    secret: rsaCertificate,
    otherSecret: otherRsaCertificate,
    signingKeys: {
      [rsaCertificate]: rsa.pkcs8,
      [rsa.pem]: rsa.pkcs8,
      [otherRsaCertificate]: otherRsa.pkcs8,
    },
    headers: [['x-amz-sns-message-type', 'Notification']],
    bodies: [
      snsBody('notification', 'A notification without subject', {}),
      snsBody('subject', 'A notification with a subject', { Subject: 'Über 4200' }),
      snsBody('indented', 'The JSON indented; only the values are signed', {}, 2),
      snsBody('confirmation', 'A confirmation of a subscription', confirmation),
    ],
    content: snsContent,
    encoding: 'base64',
    place: { json: 'Signature' },
    timestamp: {
      text: (unixMs) => new Date(unixMs).toISOString(),
      inBody: true,
    },
    tolerance: null,
    extra: [
      snsVersion1,
      {
        kind: 'wrong-algorithm',
        title: 'SHA-1 where SignatureVersion says 2',
        expected: 'reject',
        algorithm: 'rsa-sha1',
      },
      {
        kind: 'unknown-version-only',
        title: 'SignatureVersion 3',
        expected: 'reject',
        body: snsBody('version-3', '', { SignatureVersion: '3' }),
      },
      {
        kind: 'unsigned-field-changed',
        title: 'UnsubscribeURL was changed, which is not signed',
        expected: 'accept',
        after: replaced('Action=Unsubscribe&', 'Action=Other&'),
      },
      {
        kind: 'public-key-pem',
        title: 'The public key in place of the certificate',
        expected: 'accept',
        judgeWith: rsa.pem,
      },
    ],
  },
  {
    scheme: 'braintree',
    provider: 'Braintree',
    secretForm: 'the private key; its SHA-1 digest is the key',
    algorithm: 'hmac-sha1',
    key: (secret) => createHash('sha1').update(secret).digest(),
    secret: 'braintree_private_5d0c41a7',
    otherSecret: 'braintree_private_00000000',
    settings: { publicKey: BRAINTREE_KEY },
    bodies: [
      braintreeBody('form', 'A payload with a line feed at its end', `${PAYLOAD}\n`),
      braintreeBody('form-bare', 'A payload without one', PAYLOAD),
      braintreeBody('form-lines', 'A payload in several lines', `${PAYLOAD}\n${PAYLOAD}\n`),
    ],
    content: (message) => [braintreePayload(message)],
    place: { form: 'bt_signature' },
    write: ([signature]) => `${BRAINTREE_KEY}|${signature ?? ''}`,
    tolerance: null,
    tamper: (body) => Buffer.from(Buffer.from(body).toString('utf8').replace('PG5v', 'PG5w')),
    extra: [
      {
        kind: 'signed-with-line-feed',
        title: 'Signed with a line feed that the payload lacks',
        expected: 'accept',
        body: braintreeBody('form-bare', '', PAYLOAD),
        content: (message) => [braintreePayload(message), '\n'],
      },
      {
        kind: 'rotated-secrets',
        title: 'A pair of another public key before ours',
        expected: 'accept',
        value: (value) => `braintree_public_0000|${'0'.repeat(40)}&${value}`,
      },
      {
        kind: 'rotated-none-match',
        title: 'The right signature beside another public key',
        expected: 'reject',
        value: (value) => value.replace(BRAINTREE_KEY, 'braintree_public_0000'),
      },
      {
        kind: 'key-not-hashed',
        title: 'The private key itself as key',
        expected: 'reject',
        key: (secret) => Buffer.from(secret),
      },
    ],
  },
  {
    scheme: 'dropbox-sign',
    provider: 'Dropbox Sign (HelloSign)',
    secretForm: 'the API key as text',
    algorithm: 'hmac-sha256',
    secret: 'dropbox-sign-api-key-5d0c41a7',
    otherSecret: 'dropbox-sign-api-key-00000000',
    bodies: [
      '{"event":{"event_time":"1765432100","event_type":"signature_request_sent","event_hash":"%SIGNATURE%"},"title":"Übertrag 🦊"}',
      '{ "event" : {\n\t"event_hash": "%SIGNATURE%", "event_type":"signature_request_sent",\n "event_time" : "1765432100" } }\n',
      '{"event":{"event_time":"1765432100","event_type":"callback_test","event_hash":"%SIGNATURE%","event_metadata":null}}',
    ].map((text, at) =>
      textBody(['compact', 'odd', 'callback-test'][at] ?? '', 'JSON of an event', text),
    ),
    content: dropboxSignContent,
    place: { json: 'event.event_hash' },
    tolerance: null,
    tamper: (body) =>
      Buffer.from(Buffer.from(body).toString('utf8').replace('request_sent', 'request_declined')),
    extra: [
      {
        kind: 'unsigned-field-changed',
        title: 'The title was changed, which is not signed',
        expected: 'accept',
        after: replaced('Übertrag', 'Vortrag'),
      },
      {
        kind: 'tampered-timestamp',
        title: 'The time of the event was changed',
        expected: 'reject',
        after: replaced('1765432100', '1765432101'),
      },
    ],
  },
  {
    scheme: 'hook0',
    provider: 'Hook0 (also Coinbase CDP)',
    secretForm: 'text, used as it is',
    algorithm: 'hmac-sha256',
    secret: 'hook0-secret-5d0c41a7',
    otherSecret: 'hook0-secret-00000000',
    headers: [
      ['X-Event-Id', '1a01cb48-5142-4d9b-8f90-d20cca61f0ee'],
      ['X-Event-Type', 'billing.invoice.paid'],
      ['X-Custom', 'not signed'],
    ],
    keepsHeaders: ['x-event-id', 'x-event-type'],
    content: hook0Content,
    place: { header: 'X-Hook0-Signature' },
    prefix: 'v1=',
    write: (signatures, { timestamp }) =>
      [`t=${timestamp}`, `h=${HOOK0_HEADERS}`, ...signatures].join(','),
    several: true,
    timestamp: { text: (unixMs) => String(unixMs / 1000) },
    tolerance: { past: 300, future: 300 },
    extra: [
      {
        kind: 'signed-header-changed',
        title: 'Another event type than was signed',
        expected: 'reject',
        after: replaced('billing.invoice.paid', 'billing.invoice.void'),
      },
      {
        kind: 'unsigned-header-changed',
        title: 'A header was changed that h does not name',
        expected: 'accept',
        after: replaced('not signed', 'changed'),
      },
      {
        kind: 'signed-field-changed',
        title: 'h names one header less',
        expected: 'reject',
        value: (value) => value.replace(HOOK0_HEADERS, 'x-event-id'),
      },
    ],
  },
]
