import type { Scheme } from '#contract/scheme.ts'

/** Mailgun: the signature stands in the body. Source: documentation.mailgun.com (webhooks); mailgun-js 0.22.0. */
export const mailgun: Scheme = {
  id: 'mailgun',
  name: 'Mailgun',
  documentationUrl:
    'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
  confidence: { kind: 'third-party', by: 'mailgun-js 0.22.0, the former official client' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the HTTP webhook signing key (Dashboard, Account settings, API security); not an API key',
  signature: { place: { json: 'signature.signature' }, encoding: 'hex' },
  timestamp: { place: { json: 'signature.timestamp' }, unit: 's' },
  messageId: { json: 'event-data.id' },
  eventType: [{ json: 'event-data.event' }],
  content: '{json:signature.timestamp}{json:signature.token}',
  tolerance: { pastSeconds: 900, futureSeconds: 900 },
  recognition: {
    headers: [],
    json: ['signature.signature', 'signature.timestamp', 'signature.token', 'event-data'],
    confidence: 'certain',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      signature: {
        token: '1e6f0a8d6b7c4f0f9e2d3c4b5a69788796a5b4c3d2e1f00f1e',
        timestamp: '1760000000',
        signature: '',
      },
      'event-data': {
        id: 'CPgfbmQMTCKtHW6uIWtuVe',
        timestamp: 1760000000.123,
        event: 'delivered',
        recipient: 'ada@example.test',
        message: {
          headers: { 'message-id': '20251009.1042@mg.example.test', subject: 'Your receipt' },
        },
      },
    },
  },
  retries: 'After 5 min, 10 min, 15 min, 1 h, 2 h and 4 h; a 406 answer stops it.',
  retrySchedule: { gapsSeconds: [300, 600, 900, 3600, 7200, 14400] },
  quirks: [
    'Only timestamp and token are signed; the event data is not protected.',
    'Each token should be accepted once only.',
    'Older form-encoded hooks send timestamp, token and signature as form fields.',
  ],
}
