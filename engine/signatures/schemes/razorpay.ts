import type { Scheme } from '#contract/scheme.ts'

/** Razorpay. Source: razorpay 2.9.8. */
export const razorpay: Scheme = {
  id: 'razorpay',
  name: 'Razorpay',
  documentationUrl: 'https://razorpay.com/docs/webhooks/validate-test/',
  confidence: { kind: 'sdk-run', by: 'razorpay 2.9.8' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret you entered for the webhook (Razorpay dashboard, Account & Settings, Webhooks), not the key secret',
  signature: { place: { header: 'X-Razorpay-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'x-razorpay-event-id' },
  newMessageId: { prefix: '' },
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-razorpay-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Razorpay-Webhook/v1 (countersign test)'],
    ],
    body: {
      entity: 'event',
      account_id: 'acc_BFQ7uQEaa7j2z7',
      event: 'payment.captured',
      contains: ['payment'],
      payload: {
        payment: {
          entity: {
            id: 'pay_DESlfW9H8K9uqM',
            entity: 'payment',
            amount: 4200,
            currency: 'INR',
            status: 'captured',
          },
        },
      },
      created_at: 1760000000,
    },
  },
  retries: 'For 24 hours with exponential back-off; then the webhook is switched off.',
  quirks: [
    'Duplicates are told by x-razorpay-event-id.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
