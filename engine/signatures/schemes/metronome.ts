import type { Scheme } from '#contract/scheme.ts'

/** Metronome. Source: @metronome/sdk 3.10.0. */
export const metronome: Scheme = {
  id: 'metronome',
  name: 'Metronome',
  documentationUrl: 'https://docs.metronome.com/',
  confidence: { kind: 'sdk-run', by: '@metronome/sdk 3.10.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook secret (Metronome, Connections, Webhooks)',
  signature: { place: { header: 'Metronome-Webhook-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Metronome-Date' }, unit: 'http-date' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}\n{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['metronome-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: '6b5f7e32-9b8c-4c0d-8a54-1f2e3d4c5b6a',
      type: 'alerts.spend_threshold_reached',
      properties: {
        customer_id: '4db51251-61de-4bfe-b9ce-495e244f3491',
        threshold: 1000,
        timestamp: '2025-10-09T08:53:20+00:00',
      },
    },
  },
  quirks: [
    'The timestamp is an HTTP date, such as “Thu, 09 Oct 2025 08:53:20 GMT”.',
    'Date and body are joined by a line feed.',
  ],
}
