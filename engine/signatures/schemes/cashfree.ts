import type { Scheme } from '#contract/scheme.ts'

/** Cashfree. Source: cashfree-pg 6.0.6 and its documentation. */
export const cashfree: Scheme = {
  id: 'cashfree',
  name: 'Cashfree',
  documentationUrl: 'https://www.cashfree.com/docs/payments/online/webhooks/signature-verification',
  confidence: { kind: 'sdk-run', by: 'cashfree-pg 4.0.10; 6.0.6 was read' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the client secret of the app (merchant dashboard, Developers, API Keys)',
  signature: { place: { header: 'x-webhook-signature' }, encoding: 'base64' },
  timestamp: { place: { header: 'x-webhook-timestamp' }, unit: 'ms' },
  messageId: { header: 'x-idempotency-key' },
  newMessageId: 'uuid',
  eventType: [{ json: 'type' }],
  content: '{timestamp}{body}',
  tolerance: null,
  recognition: {
    headers: ['x-webhook-signature', 'x-webhook-timestamp'],
    signaturePattern: '^[A-Za-z0-9+/]{43}=$',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['x-webhook-version', '2023-08-01'],
    ],
    body: {
      type: 'PAYMENT_SUCCESS_WEBHOOK',
      event_time: '2025-10-09T14:23:20+05:30',
      data: {
        order: { order_id: 'order_4200', order_amount: 42, order_currency: 'INR' },
        payment: { cf_payment_id: '1453002795', payment_status: 'SUCCESS', payment_amount: 42 },
      },
    },
  },
  quirks: [
    'The timestamp is in milliseconds and joined to the body with nothing between.',
    'One page of the documentation writes $timestamp.$payload; no dot is signed.',
    'The SDK checks no clock.',
    'Amounts such as 42.00 change when the body is parsed and written again: sign the raw bytes.',
  ],
}
