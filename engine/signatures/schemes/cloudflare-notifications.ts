import type { Scheme } from '#contract/scheme.ts'

/** Cloudflare Notifications. Source: the catalogue of trigger.dev. */
export const cloudflareNotifications: Scheme = {
  id: 'cloudflare-notifications',
  name: 'Cloudflare Notifications',
  documentationUrl:
    'https://developers.cloudflare.com/notifications/get-started/configure-webhooks/',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the secret you typed for the destination (Notifications, Destinations, Webhooks)',
  signature: { place: { header: 'cf-webhook-auth' }, encoding: 'text' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'alert_type' }],
  content: '',
  tolerance: null,
  recognition: { headers: ['cf-webhook-auth'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      name: 'Example alert',
      text: 'An invented alert for example.test.',
      alert_type: 'http_alert_origin_error',
      ts: 1760000000,
      data: { severity: 'WARN', zone_name: 'example.test' },
    },
  },
  quirks: [
    'A shared token proves that the sender knows it, and nothing about the body.',
    'A test message is posted when the destination is saved.',
  ],
}
