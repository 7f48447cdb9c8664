import type { Scheme } from '#contract/scheme.ts'

/**
 * NotifyKit. Source: its webhook security page, which is the authority (its SDK is not on npm).
 *
 * The page's manual sample signs over the X-Webhook-Timestamp header, never looks at `t=`, and
 * allows 300 s both ways measured with fractions of a second (`Math.abs(Date.now() / 1000 - ts)`).
 * So a `t=` that differs does not matter by itself: when the signature was made over the header's
 * timestamp it is valid, when it was made over `t=` it is invalid. The SDK refuses both.
 */
export const notifykit: Scheme = {
  id: 'notifykit',
  name: 'NotifyKit',
  documentationUrl: 'https://docs.notifykit.dev/docs/guides/webhook-security',
  confidence: { kind: 'sdk-run', by: '@notifykit/sdk 2.0.0 (source)' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret from API Keys, Webhook Security; it is shown once',
  signature: {
    place: { header: 'X-Webhook-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    timestampField: 't',
    trim: true,
  },
  timestamp: { place: { header: 'X-Webhook-Timestamp' }, unit: 's', age: 'exact' },
  messageId: null,
  eventType: [{ json: 'event' }, { json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: {
    headers: ['x-webhook-signature', 'x-webhook-timestamp'],
    signaturePattern: '(^|,)\\s*t=',
    confidence: 'likely',
  },
  sdk: {
    name: '@notifykit/sdk',
    timestampParsing: 'parseInt',
    futureSeconds: 0,
    tries: 'last',
    decodesBody: true,
    decodesSignature: true,
    wantsEqualTimestamps: true,
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'NotifyKit-Webhook/1.0 (countersign test)'],
    ],
    body: { event: 'order.shipped', orderId: 'ord_1024', shippedAt: '2025-10-09T08:53:20.000Z' },
  },
  answerWithinSeconds: 30,
  urlNeeds: {
    https: true,
    public: true,
    sentence: 'NotifyKit takes only https:// URLs; http:// is refused with 400.',
  },
  quirks: [
    'The signed text takes the timestamp from X-Webhook-Timestamp, not from t=.',
    'The documentation allows 300 s both ways; the SDK refuses every future timestamp.',
    'There is no message id: repeats are told by the body alone.',
  ],
}
