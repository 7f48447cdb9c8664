import type { Scheme } from '#contract/scheme.ts'

/** Creem. Source: creem 1.13.0. */
export const creem: Scheme = {
  id: 'creem',
  name: 'Creem',
  documentationUrl: 'https://docs.creem.io/code/webhooks',
  confidence: { kind: 'sdk-run', by: 'creem 1.13.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook secret on the Developers page of the dashboard',
  signature: { place: { header: 'creem-signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'eventType' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['creem-signature'], confidence: 'certain' },
  sdk: { name: 'creem', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'evt_5WHHcZPv7VS0YUsberIuOz',
      eventType: 'checkout.completed',
      created_at: 1760000000000,
      object: {
        id: 'ch_4l0N34kxo16AhRKUHFUuXr',
        object: 'checkout',
        status: 'completed',
        order: { id: 'ord_4aDwWXjMLpes4Kj4XqNnUA', amount: 4200, currency: 'EUR' },
      },
    },
  },
  retries: 'Failed deliveries are sent again after 30 seconds, 1 minute, 5 minutes and 1 hour.',
  retrySchedule: { gapsSeconds: [30, 60, 300, 3600] },
  quirks: [
    'The SDK also takes a sha256= prefix, capital hex and blanks around the signature.',
    'The SDK also takes Standard Webhooks headers.',
  ],
}
