import type { Scheme } from '#contract/scheme.ts'

/** Customer.io reporting webhooks. Source: docs.customer.io and customerio-node 5.2.0. */
export const customerio: Scheme = {
  id: 'customerio',
  name: 'Customer.io',
  documentationUrl: 'https://docs.customer.io/integrations/data-out/connections/webhooks/',
  confidence: { kind: 'sdk-run', by: 'customerio-node 5.2.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the webhook signing key of the reporting webhook (Data & Integrations, Integrations, Reporting Webhooks); not an API key',
  signature: { place: { header: 'X-CIO-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-CIO-Timestamp' }, unit: 's' },
  messageId: { json: 'event_id' },
  eventType: [
    { parts: [{ json: 'object_type' }, { json: 'metric' }], joint: '.' },
    { json: 'metric' },
  ],
  content: 'v0:{timestamp}:{body}',
  tolerance: null,
  recognition: { headers: ['x-cio-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event_id: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
      object_type: 'email',
      metric: 'delivered',
      timestamp: 1760000000,
      data: {
        customer_id: 'user-123',
        delivery_id: 'RPILAgUBcRhIBqSfeiIwdIYJKxTY',
        subject: 'Your receipt',
        recipient: 'ada@example.test',
      },
    },
  },
  quirks: [
    'The signed text begins with v0: but the header value has no v0= prefix.',
    'The SDK does not look at the clock.',
  ],
}
