import type { Scheme } from '#contract/scheme.ts'

/** Airtable. Source: airtable.com/developers/web/api/webhooks-overview; public integrations agree. */
export const airtable: Scheme = {
  id: 'airtable',
  name: 'Airtable',
  documentationUrl: 'https://airtable.com/developers/web/api/webhooks-overview',
  confidence: {
    kind: 'third-party',
    by: 'public integrations (several agree), run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'base64',
  secretHint:
    'macSecretBase64, given once in the answer of the call that creates the webhook; not a personal access token (pat…)',
  secretPattern: '^[A-Za-z0-9+/]+={0,2}$',
  signature: {
    place: { header: 'X-Airtable-Content-MAC' },
    encoding: 'hex',
    prefix: 'hmac-sha256=',
  },
  timestamp: null,
  messageId: { parts: [{ json: 'webhook.id' }, { json: 'timestamp' }], joint: ':' },
  eventType: [],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-airtable-content-mac'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      base: { id: 'appExample0000001' },
      webhook: { id: 'achExample0000001' },
      timestamp: '2025-10-09T08:53:20.000Z',
    },
  },
  quirks: [
    'The key is base64 and is decoded to bytes.',
    'The request is only a ping; the changes are fetched from the API.',
  ],
}
