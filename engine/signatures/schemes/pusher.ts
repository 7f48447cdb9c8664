import type { Scheme } from '#contract/scheme.ts'

/** Pusher Channels. Source: pusher 5.3.4. */
export const pusher: Scheme = {
  id: 'pusher',
  name: 'Pusher Channels',
  documentationUrl: 'https://pusher.com/docs/channels/server_api/webhooks/',
  confidence: { kind: 'sdk-run', by: 'pusher 5.3.4' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the app key that X-Pusher-Key names (Pusher dashboard, App Keys)',
  signature: { place: { header: 'X-Pusher-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'events[].name' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-pusher-signature'], confidence: 'certain' },
  sdk: { name: 'pusher', wantsHeaders: ['X-Pusher-Key', 'Content-Type'] },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'pusher-webhooks (countersign test)'],
      ['X-Pusher-Key', '278d425bdf160c739803'],
    ],
    body: {
      time_ms: 1760000000000,
      events: [{ name: 'channel_occupied', channel: 'presence-countersign' }],
    },
  },
  retries: 'For 5 minutes with exponential back-off.',
  answerWithinSeconds: 4,
  quirks: [
    'The SDK wants X-Pusher-Key to be the app key, and a Content-Type of exactly application/json.',
  ],
}
