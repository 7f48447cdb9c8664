import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** Polar, by Standard Webhooks. Source: polar.sh/docs (webhooks) and @polar-sh/sdk 0.49 and 1.0.1. */
export const polar: Scheme = {
  id: 'polar',
  name: 'Polar',
  documentationUrl: 'https://polar.sh/docs/integrate/webhooks/endpoints',
  confidence: { kind: 'sdk-run', by: '@polar-sh/sdk 1.0.1' },
  algorithm: 'hmac-sha256',
  key: ['utf8', 'base64-after-whsec-else-utf8'],
  secretHint:
    'the secret of the webhook endpoint (organization Settings, Webhooks); not an access token (polar_oat_…)',
  ...webhookHeaders,
  timestamp: { place: { header: 'webhook-timestamp' }, unit: 's', age: 'exact' },
  newMessageId: 'uuid',
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-id', 'webhook-timestamp'],
    confidence: 'possible',
  },
  sdk: { name: '@polar-sh/sdk', decodesSignature: true, refusesNonJson: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'order.paid',
      timestamp: '2025-10-09T08:53:20Z',
      data: {
        id: '57107b74-8400-4d80-a2fc-54c2b4239cb3',
        status: 'paid',
        currency: 'usd',
        total_amount: 4200,
        customer: { id: 'b0a1c2d3-0000-4000-8000-0123456789ab', email: 'ada@example.test' },
      },
    },
  },
  retries: 'Up to 10 times, at growing intervals.',
  answerWithinSeconds: 10,
  quirks: [
    'The whole secret is the key, as text and with its prefix. SDK 1.x also tries the base64-decoded bytes after whsec_.',
    'The SDK refuses event types that it does not know.',
    'SDK 1.x decodes the signature before comparing, so missing padding passes there.',
  ],
}
