import type { Scheme } from '#contract/scheme.ts'

/** Checkout.com. Source: the catalogue of trigger.dev. */
export const checkout: Scheme = {
  id: 'checkout',
  name: 'Checkout.com',
  documentationUrl: 'https://www.checkout.com/docs/workflows',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the key that you gave in the webhook action of the workflow (dashboard, Developers)',
  signature: { place: { header: 'Cko-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['cko-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      id: 'evt_az5sblvku4ge3dwpztvyizgcau',
      type: 'payment_captured',
      version: '1.0.0',
      created_on: '2025-10-09T08:53:20Z',
      data: { id: 'pay_mbabizu24mvu3mela5njyhpit4', amount: 4200, currency: 'EUR' },
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
