import type { Scheme } from '#contract/scheme.ts'

/** Chargebee: HTTP Basic (RFC 7617). Source: chargebee.com/docs and chargebee 3.33.0. */
export const chargebee: Scheme = {
  id: 'chargebee',
  name: 'Chargebee (HTTP Basic)',
  documentationUrl: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
  confidence: { kind: 'sdk-run', by: 'chargebee 3.33.0' },
  algorithm: 'basic-auth',
  key: 'utf8',
  secretHint:
    'user:password as set under “Protect webhook URL with basic authentication” (Settings, Configure Chargebee, Webhooks); not an API key',
  secretPattern: '^[^:]*:.*$',
  signature: { place: { header: 'Authorization' }, encoding: 'base64', prefix: 'Basic ' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'event_type' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    signaturePattern: '^Basic ',
    json: ['event_type', 'webhook_status', 'content'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json;charset=UTF-8']],
    body: {
      id: 'ev_16BHbhF4s42tO2lK',
      occurred_at: 1760000000,
      source: 'admin_console',
      object: 'event',
      api_version: 'v2',
      content: { subscription: { id: 'sub_example', status: 'active', plan_quantity: 1 } },
      event_type: 'subscription_created',
      webhook_status: 'scheduled',
    },
  },
  retries: 'Seven times: after 2 min, 6 min, 30 min, 1 h, 5 h, 1 day and 2 days.',
  retrySchedule: { gapsSeconds: [120, 360, 1800, 3600, 18000, 86400, 172800] },
  quirks: [
    'Nothing is signed: user and password say nothing about the body.',
    'The password may contain colons; the first colon separates.',
    'The SDK wants the word Basic in just this case.',
  ],
}
