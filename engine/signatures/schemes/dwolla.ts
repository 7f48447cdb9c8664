import type { Scheme } from '#contract/scheme.ts'

/** Dwolla. Source: the catalogue of trigger.dev. */
export const dwolla: Scheme = {
  id: 'dwolla',
  name: 'Dwolla',
  documentationUrl: 'https://developers.dwolla.com/docs/working-with-webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret that you sent when you created the webhook subscription',
  signature: { place: { header: 'X-Request-Signature-SHA-256' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'topic' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-request-signature-sha-256'],
    json: ['id', 'topic'],
    confidence: 'likely',
    certainWith: ['x-dwolla-topic'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=UTF-8'],
      ['X-Dwolla-Topic', 'customer_created'],
    ],
    body: {
      id: '80d8ff7d-7e5a-4975-ade8-9e97306d6c15',
      resourceId: '36E9DCB2-889B-4873-8E52-0C9404EA002A',
      topic: 'customer_created',
      timestamp: '2025-10-09T08:53:20.000Z',
      created: '2025-10-09T08:53:20.000Z',
    },
  },
  quirks: ['There is no timestamp in the signature: an old delivery still matches.'],
}
