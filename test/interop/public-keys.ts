/** Schemes that sign with a private key; the pairs are made for the run. */
import { EventWebhook } from '@sendgrid/eventwebhook'
import { verifyKey } from 'discord-interactions'
import { generateKeyPairSync, sign as signWithKey, type KeyObject } from 'node:crypto'
import https from 'node:https'
import { PassThrough } from 'node:stream'
import SnsValidator from 'sns-validator'
import { Telnyx } from 'telnyx'
import { nowSeconds } from './by-rule.ts'
import {
  header,
  jsonRequest,
  passes,
  text,
  withHeaders,
  type InteropCase,
  type InteropRequest,
} from './interop-case.ts'

const ed25519 = generateKeyPairSync('ed25519')
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The last 32 bytes of the DER are the key itself (RFC 8410, section 4). */
const rawEd25519 = ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
const p256Text = p256.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const pem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))
const rsaPublicPem = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }))

const base = { request: jsonRequest(), signedBy: 'rule' } as const
const sendgrid = new EventWebhook()

const SNS_URL = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-interop.pem'
const NOTIFICATION = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-central-1:123456789012:interop',
  Subject: 'Gruß',
  Message: 'Hello, unchanged',
  SignatureVersion: '2',
  SigningCertURL: SNS_URL,
  UnsubscribeURL: 'https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe',
  Signature: '',
}

export const publicKeys: InteropCase[] = [
  {
    ...base,
    scheme: 'discord',
    sdk: 'discord-interactions',
    secret: rawEd25519.toString('hex'),
    signingSecret: pem(ed25519.privateKey),
    sign: (request) => {
      const timestamp = String(nowSeconds())
      const content = Buffer.from(timestamp + text(request))
      return withHeaders(request, {
        'X-Signature-Timestamp': timestamp,
        'X-Signature-Ed25519': signWithKey(null, content, ed25519.privateKey).toString('hex'),
      })
    },
    verify: (request, secret) =>
      verifyKey(
        request.body,
        header(request, 'x-signature-ed25519'),
        header(request, 'x-signature-timestamp'),
        secret,
      ),
  },
  {
    ...base,
    scheme: 'telnyx',
    sdk: 'telnyx',
    secret: rawEd25519.toString('base64'),
    signingSecret: pem(ed25519.privateKey),
    sign: (request) => {
      const timestamp = String(nowSeconds())
      const content = Buffer.from(`${timestamp}|${text(request)}`)
      return withHeaders(request, {
        'telnyx-timestamp': timestamp,
        'telnyx-signature-ed25519': signWithKey(null, content, ed25519.privateKey).toString(
          'base64',
        ),
      })
    },
    verify: (request, secret) =>
      passes(() =>
        new Telnyx('none').webhooks.constructEvent(
          text(request),
          Buffer.from(header(request, 'telnyx-signature-ed25519'), 'base64'),
          header(request, 'telnyx-timestamp'),
          Buffer.from(secret, 'base64'),
        ),
      ),
  },
  {
    ...base,
    scheme: 'sendgrid',
    sdk: '@sendgrid/eventwebhook',
    secret: p256Text,
    signingSecret: pem(p256.privateKey),
    request: jsonRequest('[{"event":"delivered","note":"unchanged","sg_event_id":"1"}]\r\n'),
    sign: (request) => {
      const timestamp = String(nowSeconds())
      const content = Buffer.from(timestamp + text(request))
      return withHeaders(request, {
        'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
        'X-Twilio-Email-Event-Webhook-Signature': signWithKey(
          'sha256',
          content,
          p256.privateKey,
        ).toString('base64'),
      })
    },
    verify: (request, secret) =>
      sendgrid.verifySignature(
        sendgrid.convertPublicKeyToECDSA(secret),
        text(request),
        header(request, 'x-twilio-email-event-webhook-signature'),
        header(request, 'x-twilio-email-event-webhook-timestamp'),
      ),
  },
  {
    ...base,
    scheme: 'aws-sns',
    sdk: 'sns-validator',
    secret: rsaPublicPem,
    signingSecret: pem(rsa.privateKey),
    request: withHeaders(
      jsonRequest(JSON.stringify({ ...NOTIFICATION, Timestamp: '2026-01-01T00:00:00.000Z' })),
      { 'x-amz-sns-message-type': 'Notification' },
    ),
    sign: signSns,
    verify: snsAccepts,
  },
]

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
function signSns(request: InteropRequest): InteropRequest {
  const message: Record<string, string> = {
    ...NOTIFICATION,
    Timestamp: new Date().toISOString(),
  }
  const content = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .map((name) => `${name}\n${message[name] ?? ''}\n`)
    .join('')
  const Signature = signWithKey('sha256', Buffer.from(content), rsa.privateKey).toString('base64')
  return { ...request, body: Buffer.from(JSON.stringify({ ...message, Signature })) }
}

/** The package fetches the certificate with https.get: that alone is answered here, in memory. */
async function snsAccepts(request: InteropRequest, secret: string): Promise<boolean> {
  const { get } = https
  const serve = (_url: string, onResponse: (response: object) => void) => {
    const response = Object.assign(new PassThrough(), { statusCode: 200 })
    onResponse(response)
    response.end(secret)
    return new PassThrough()
  }
  Object.defineProperty(https, 'get', { value: serve, configurable: true, writable: true })
  try {
    return await new Promise<boolean>((resolve) => {
      new SnsValidator().validate(text(request), (error) => resolve(error === null))
    })
  } finally {
    Object.defineProperty(https, 'get', { value: get, configurable: true, writable: true })
  }
}
