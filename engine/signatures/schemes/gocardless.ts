import type { Scheme } from '#contract/scheme.ts'

/** GoCardless. Source: developer.gocardless.com (webhooks) and gocardless-nodejs 10.1.2. */
export const gocardless: Scheme = {
  id: 'gocardless',
  name: 'GoCardless',
  documentationUrl: 'https://developer.gocardless.com/api-reference/#appendix-webhooks',
  confidence: { kind: 'sdk-run', by: 'gocardless-nodejs 10.1.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret of the webhook endpoint (Dashboard, Developers, Webhook endpoints); not an access token',
  signature: { place: { header: 'Webhook-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'meta.webhook_id' },
  eventType: [
    { parts: [{ json: 'events[].resource_type' }, { json: 'events[].action' }], joint: '.' },
  ],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['webhook-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['events'],
    confidence: 'likely',
    userAgent: '^gocardless-webhook-service/',
  },
  sdk: { name: 'gocardless-nodejs', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'gocardless-webhook-service/1.1 (countersign test)'],
    ],
    body: {
      events: [
        {
          id: 'EV00BD05S5VM2T',
          created_at: '2025-10-09T08:53:20.000Z',
          resource_type: 'payments',
          action: 'confirmed',
          links: { payment: 'PM0001EXAMPLE' },
          details: { origin: 'gocardless', cause: 'payment_confirmed' },
        },
      ],
      meta: { webhook_id: 'WB0001EXAMPLE' },
    },
  },
  quirks: [
    'GoCardless wants status 498 for a wrong signature.',
    'The SDK compares hex-decoded bytes: upper case passes, and what is not hex after the 64th character is ignored.',
    'One request can carry several events.',
  ],
}
