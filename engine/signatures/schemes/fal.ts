import type { Scheme } from '#contract/scheme.ts'

/** fal.ai. Source: @hookflo/tern. */
export const fal: Scheme = {
  id: 'fal',
  name: 'fal.ai',
  documentationUrl: 'https://docs.fal.ai/model-endpoints/webhooks',
  confidence: { kind: 'third-party', by: '@hookflo/tern' },
  algorithm: 'ed25519',
  key: 'public-key',
  secretHint: 'a public key of fal’s key set: the JWK, or its 32 bytes in base64 or hex',
  keySource: {
    host: 'rest.alpha.fal.ai',
    sentence:
      'fal publishes its public keys as a JSON Web Key Set; paste one key of it, and the others as further secrets.',
  },
  signature: { place: { header: 'X-Fal-Webhook-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Fal-Webhook-Timestamp' }, unit: 's' },
  messageId: { header: 'X-Fal-Webhook-Request-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'status' }],
  content: '{id}\n{header:X-Fal-Webhook-User-Id}\n{timestamp}\n{body:sha256-hex}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['x-fal-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Fal-Webhook-User-Id', 'example-user-0001'],
    ],
    body: {
      request_id: '123e4567-e89b-12d3-a456-426614174000',
      gateway_request_id: '123e4567-e89b-12d3-a456-426614174000',
      status: 'OK',
      payload: { images: [{ url: 'https://example.test/image.png', width: 1024, height: 768 }] },
    },
  },
  quirks: [
    'The body is covered only through its SHA-256.',
    'A receiver has no private key: to sign again, a test key pair is made and the application gets its public half.',
  ],
}
