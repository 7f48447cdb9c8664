import type { Scheme } from '#contract/scheme.ts'

/** Netlify: a JWT (RFC 7519) over a hash of the body. Source: docs.netlify.com (notifications); n8n’s Netlify trigger. */
export const netlify: Scheme = {
  id: 'netlify',
  name: 'Netlify',
  documentationUrl: 'https://docs.netlify.com/deploy/deploy-notifications/',
  confidence: {
    kind: 'third-party',
    by: 'n8n-nodes-base 2.41.2 with jsonwebtoken 9.0.3; nuxt-webhook-validators',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the JWS secret token that you set on the notification (Project configuration, Notifications)',
  signature: { place: { header: 'X-Webhook-Signature' }, encoding: 'base64url' },
  timestamp: null,
  messageId: null,
  eventType: [{ header: 'X-Netlify-Event' }],
  content: '',
  jwt: {
    issuer: 'netlify',
    body: { claim: 'sha256', encoding: 'hex' },
    times: 'exp-nbf',
  },
  tolerance: null,
  recognition: {
    headers: ['x-webhook-signature'],
    signaturePattern: '^eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    confidence: 'likely',
    certainWith: ['x-netlify-event'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Netlify-Event', 'deploy_created'],
    ],
    body: {
      id: '68e7776e1f2a3b0008c0ffee',
      site_id: 'a8d0c1b2-0000-4000-8000-0123456789ab',
      name: 'example-shop',
      state: 'ready',
      url: 'https://example-shop.example.test',
      branch: 'main',
      created_at: '2025-10-09T08:53:20.000Z',
    },
  },
  quirks: [
    'The header is a JWT (HS256); its sha256 claim is the hex hash of the body.',
    'Normally there is no exp, so it does not age.',
  ],
}
