import type { Scheme } from '#contract/scheme.ts'

/** Kick. Source: nuxt-webhook-validators. */
export const kick: Scheme = {
  id: 'kick',
  name: 'Kick',
  documentationUrl: 'https://docs.kick.com/events/webhook-security',
  confidence: { kind: 'third-party', by: 'nuxt-webhook-validators' },
  algorithm: 'rsa-sha256',
  key: 'public-key',
  secretHint: 'Kick’s public key in PEM, which its documentation and API publish',
  keySource: {
    host: 'api.kick.com',
    sentence: 'Kick publishes one public key for all webhooks; paste its PEM text.',
  },
  signature: { place: { header: 'Kick-Event-Signature' }, encoding: 'base64' },
  timestamp: { place: { header: 'Kick-Event-Message-Timestamp' }, unit: 'iso8601' },
  messageId: { header: 'Kick-Event-Message-Id' },
  newMessageId: 'uuid',
  eventType: [{ header: 'Kick-Event-Type' }],
  content: '{id}.{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['kick-event-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Kick-Event-Type', 'channel.followed'],
      ['Kick-Event-Version', '1'],
    ],
    body: {
      broadcaster: { user_id: 123456789, username: 'example_broadcaster' },
      follower: { user_id: 987654321, username: 'example_follower' },
    },
  },
  quirks: [
    'A receiver has no private key: to sign again, a test key pair is made and the application gets its public half.',
    'No clock is checked by the known verifier.',
  ],
}
