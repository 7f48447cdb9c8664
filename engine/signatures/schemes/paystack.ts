import type { Scheme } from '#contract/scheme.ts'

/** Paystack. Source: paystack.com/docs/payments/webhooks; @hookflo/tern with the documented rule. */
export const paystack: Scheme = {
  id: 'paystack',
  name: 'Paystack',
  documentationUrl: 'https://paystack.com/docs/payments/webhooks/',
  confidence: { kind: 'third-party', by: '@hookflo/tern 4.1.0 with the documented rule' },
  algorithm: 'hmac-sha512',
  key: 'utf8',
  secretHint:
    'the API secret key (sk_live_… or sk_test_…; Dashboard, Settings, API Keys & Webhooks); not the public key (pk_…)',
  secretPrefix: 'sk_',
  signature: { place: { header: 'x-paystack-signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'data.id' },
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-paystack-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'charge.success',
      data: {
        id: 302961,
        domain: 'test',
        status: 'success',
        reference: 'order-1042',
        amount: 4200,
        currency: 'NGN',
        paid_at: '2025-10-09T08:53:20.000Z',
        customer: { id: 68324, email: 'ada@example.test' },
      },
    },
  },
  retries: 'Live every 3 min for the first four, then hourly for 72 hours.',
  quirks: [
    'SHA-512, and the key is the ordinary API secret key.',
    'The sample code of the documentation signs JSON.stringify(req.body); that fails where the body is written otherwise.',
  ],
}
