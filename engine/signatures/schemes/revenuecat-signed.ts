import type { Scheme } from '#contract/scheme.ts'

/** RevenueCat, signed. From the trigger.dev catalogue. */
export const revenuecatSigned: Scheme = {
  id: 'revenuecat-signed',
  name: 'RevenueCat (signed)',
  documentationUrl: 'https://www.revenuecat.com/docs/integrations/webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of the webhook (RevenueCat, Integrations, Webhooks)',
  signature: {
    place: { header: 'X-RevenueCat-Webhook-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { json: 'event.id' },
  eventType: [{ json: 'event.type' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['x-revenuecat-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      api_version: '1.0',
      event: {
        id: '12345678-1234-4234-8234-123456789013',
        type: 'RENEWAL',
        app_id: 'app1234567890',
        app_user_id: 'countersign-user',
        environment: 'SANDBOX',
        product_id: 'monthly',
        event_timestamp_ms: 1760000000000,
      },
    },
  },
  retries: 'Up to five times, after 5, 10, 20, 40 and 80 minutes.',
  retrySchedule: { gapsSeconds: [300, 600, 1200, 2400, 4800] },
  quirks: [
    'The age of the timestamp is not checked.',
    'The Authorization header may come beside it; the scheme “RevenueCat (Authorization header)” reads that.',
  ],
}
