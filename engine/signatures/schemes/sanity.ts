import type { Scheme } from '#contract/scheme.ts'

/** Sanity GROQ-powered webhooks. Source: sanity.io/docs/webhooks and @sanity/webhook 4.0.4. */
export const sanity: Scheme = {
  id: 'sanity',
  name: 'Sanity',
  documentationUrl: 'https://www.sanity.io/docs/content-lake/webhooks',
  confidence: { kind: 'sdk-run', by: '@sanity/webhook 4.0.4' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret that you set on the webhook (sanity.io/manage, your project, API, Webhooks); not an API token (sk…)',
  signature: {
    place: { header: 'sanity-webhook-signature' },
    encoding: 'base64url',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: { header: 'idempotency-key' },
  newMessageId: 'uuid',
  eventType: [{ header: 'sanity-operation' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['sanity-webhook-signature'], confidence: 'certain' },
  sdk: {
    name: '@sanity/webhook',
    refusesEmptyBody: true,
    headerPattern: '^t=[0-9]+[, ]+v1=[^, ]+$',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['sanity-operation', 'create'],
      ['sanity-project-id', 'example0'],
      ['sanity-dataset', 'production'],
      ['sanity-document-id', '7c9d1a52-6f0e-4b52-9a1d-6a5b4c3d2e1f'],
    ],
    body: {
      _id: '7c9d1a52-6f0e-4b52-9a1d-6a5b4c3d2e1f',
      _type: 'article',
      title: 'Hello',
      slug: { current: 'hello' },
    },
  },
  retries: 'After a 429 or 5xx answer twice, 30 s apart.',
  retrySchedule: { gapsSeconds: [30, 30] },
  quirks: [
    't is in milliseconds. The SDK refuses a value before 2021, so seconds never pass there.',
    'The signature is base64url without padding and is compared as text.',
    'The age is not checked.',
    'The SDK compares the whole header with one made anew: another order of its parts fails there.',
  ],
}
