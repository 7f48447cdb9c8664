import type { Scheme } from '#contract/scheme.ts'

/** Mollie’s next-gen webhooks. Source: docs.mollie.com (webhooks) and mollie-api-typescript 1.12.28. */
export const mollie: Scheme = {
  id: 'mollie',
  name: 'Mollie (next-gen webhooks)',
  documentationUrl: 'https://docs.mollie.com/reference/webhooks-new',
  confidence: { kind: 'sdk-run', by: 'mollie-api-typescript 1.12.28' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing secret of the webhook (Dashboard, Developers, Webhooks); not an API key (live_…, test_…)',
  signature: {
    place: { header: 'X-Mollie-Signature' },
    encoding: 'hex',
    prefix: 'sha256=',
    repeatable: true,
  },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-mollie-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      resource: 'event',
      id: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'payment-link.paid',
      entityId: 'pl_4Y0eZitmBnQ6IDoMqZQKh',
      createdAt: '2025-10-09T08:53:20.0Z',
      _embedded: {
        entity: { id: 'pl_4Y0eZitmBnQ6IDoMqZQKh', amount: { value: '42.00', currency: 'EUR' } },
      },
    },
  },
  quirks: [
    'While a secret is rotated the header occurs twice in one request; frameworks join them with a comma.',
    'The SDK takes the digest with or without sha256= in front.',
    'Classic Mollie webhooks carry only id=… and no signature; the receiver fetches the object.',
  ],
}
