import type { Scheme } from '#contract/scheme.ts'

/** Plaid: a JWT (ES256) over a hash of the body. Source: plaid.com/docs/api/webhooks/webhook-verification. */
export const plaid: Scheme = {
  id: 'plaid',
  name: 'Plaid',
  documentationUrl: 'https://plaid.com/docs/api/webhooks/webhook-verification/',
  confidence: {
    kind: 'documentation',
    by: 'Plaid’s webhook verification page; judged with jose 6.2.17',
  },
  algorithm: 'ecdsa-p256-sha256',
  key: 'public-key',
  secretHint:
    'the public key as JWK, from /webhook_verification_key/get for the kid in the token’s header; not the client secret',
  keySource: {
    host: 'production.plaid.com',
    sentence:
      'Plaid gives its public key for the token’s kid at /webhook_verification_key/get (on sandbox.plaid.com for the sandbox). Paste the JWK of its answer.',
  },
  signature: {
    place: { header: 'Plaid-Verification' },
    encoding: 'base64url',
    ecdsa: 'p1363',
  },
  timestamp: { place: { claim: 'iat' }, unit: 's' },
  messageId: null,
  eventType: [{ parts: [{ json: 'webhook_type' }, { json: 'webhook_code' }], joint: '.' }],
  content: '',
  jwt: {
    body: { claim: 'request_body_sha256', encoding: 'hex' },
    times: 'iat',
  },
  tolerance: { pastSeconds: 300, futureSeconds: 0 },
  recognition: { headers: ['plaid-verification'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'wz666MBjYWTp2PDzzggYhM6oWWmBb',
      initial_update_complete: true,
      historical_update_complete: false,
      environment: 'sandbox',
    },
  },
  retries: 'For up to 24 hours: first after 30 s, then four times as long each time.',
  retrySchedule: { gapsSeconds: [30, 120, 480, 1920, 7680, 30720] },
  answerWithinSeconds: 10,
  quirks: [
    'The raw body is hashed; Plaid sends its JSON with two-space indentation.',
    'Only ES256 is allowed.',
    'Keys are fetched by kid and should be kept.',
    'What verifies is a public key, so a receiver can not sign for Plaid. Use a test key pair.',
  ],
}
