import type { Scheme } from '#contract/scheme.ts'

/** Modern Treasury. Source: the SDK’s webhook verifier. */
export const modernTreasury: Scheme = {
  id: 'modern-treasury',
  name: 'Modern Treasury',
  documentationUrl: 'https://docs.moderntreasury.com/',
  confidence: { kind: 'sdk-run', by: 'modern-treasury 3.3.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook key (Modern Treasury, Developers, Webhooks)',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'X-Event-ID' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Topic' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    confidence: 'possible',
    certainWith: ['x-topic'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Topic', 'payment_order'],
    ],
    body: {
      event: 'completed',
      data: {
        id: 'a1b2c3d4-0000-4000-8000-000000000001',
        object: 'payment_order',
        amount: 4200,
        currency: 'USD',
        direction: 'credit',
        status: 'completed',
      },
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
