import type { Scheme } from '#contract/scheme.ts'

/** RevenueCat, with the Authorization header. From the trigger.dev catalogue. */
export const revenuecat: Scheme = {
  id: 'revenuecat',
  name: 'RevenueCat (Authorization header)',
  documentationUrl: 'https://www.revenuecat.com/docs/integrations/webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint:
    'the authorization header value you entered for the webhook, whole, with “Bearer ” if you wrote it',
  signature: { place: { header: 'Authorization' }, encoding: 'text' },
  timestamp: null,
  messageId: { json: 'event.id' },
  eventType: [{ json: 'event.type' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    json: ['api_version', 'event.app_user_id', 'event.type'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      api_version: '1.0',
      event: {
        id: '12345678-1234-4234-8234-123456789012',
        type: 'INITIAL_PURCHASE',
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
    'A plain token: it proves the sender knows it, and nothing about the body.',
    'With signing switched on, X-RevenueCat-Webhook-Signature comes too: the scheme “RevenueCat (signed)” reads that.',
  ],
}
