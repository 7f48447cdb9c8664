import type { Scheme } from '#contract/scheme.ts'

/** Lemon Squeezy. Source: docs.lemonsqueezy.com/help/webhooks; @hookflo/tern. */
export const lemonsqueezy: Scheme = {
  id: 'lemonsqueezy',
  name: 'Lemon Squeezy',
  documentationUrl: 'https://docs.lemonsqueezy.com/help/webhooks/signing-requests',
  confidence: { kind: 'third-party', by: '@hookflo/tern 4.1.0; trigger.dev' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret that you set on the webhook (Settings, Webhooks); not an API key',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ header: 'X-Event-Name' }, { json: 'meta.event_name' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['meta.event_name'],
    confidence: 'likely',
    certainWith: ['x-event-name'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Event-Name', 'order_created'],
    ],
    body: {
      meta: { event_name: 'order_created', test_mode: true, custom_data: { user_id: 'user-123' } },
      data: {
        type: 'orders',
        id: '1042',
        attributes: {
          store_id: 1,
          order_number: 1042,
          user_email: 'ada@example.test',
          currency: 'USD',
          total: 4200,
          status: 'paid',
        },
      },
    },
  },
  retries: 'Up to three times, at growing intervals such as 5 s, 25 s and 125 s.',
  retrySchedule: { gapsSeconds: [5, 25, 125] },
  quirks: [
    'The hex digest has no prefix, and the header name is shared with other providers.',
    'No delivery id is documented.',
  ],
}
