import type { Scheme } from '#contract/scheme.ts'

/** Heroku app webhooks. Source: nuxt-webhook-validators. */
export const heroku: Scheme = {
  id: 'heroku',
  name: 'Heroku',
  documentationUrl: 'https://devcenter.heroku.com/articles/app-webhooks',
  confidence: { kind: 'third-party', by: 'nuxt-webhook-validators' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret shown when the webhook was added (heroku webhooks:add)',
  signature: { place: { header: 'Heroku-Webhook-Hmac-SHA256' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ parts: [{ json: 'resource' }, { json: 'action' }], joint: ':' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['heroku-webhook-hmac-sha256'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'a9a5a4f5-2a5b-4d1c-9b7e-6c5d4e3f2a1b',
      action: 'update',
      resource: 'formation',
      created_at: '2025-10-09T08:53:20Z',
      actor: { email: 'ada@example.test', id: '16d34fdf-5f9f-40c5-9d1a-4a4a5c0b7f11' },
      data: { app: { name: 'example-app' }, type: 'web', quantity: 1 },
    },
  },
  quirks: ['There is no timestamp in the signature: an old delivery still matches.'],
}
