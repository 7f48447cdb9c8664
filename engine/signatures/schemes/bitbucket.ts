import type { Scheme } from '#contract/scheme.ts'

/** Bitbucket Cloud. Source: support.atlassian.com (manage webhooks); nuxt-webhook-validators. */
export const bitbucket: Scheme = {
  id: 'bitbucket',
  name: 'Bitbucket Cloud',
  documentationUrl: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
  confidence: {
    kind: 'third-party',
    by: 'nuxt-webhook-validators; Bitbucket announcement; run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the webhook (Repository settings, Webhooks); not an app password',
  signature: { place: { header: 'X-Hub-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { header: 'X-Request-UUID' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Event-Key' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hub-signature'],
    signaturePattern: '^sha256=[0-9a-f]{64}$',
    confidence: 'possible',
    certainWith: ['x-event-key'],
    userAgent: '^Bitbucket-Webhooks/',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Bitbucket-Webhooks/2.0 (countersign test)'],
      ['X-Event-Key', 'repo:push'],
      ['X-Attempt-Number', '1'],
    ],
    body: {
      actor: { display_name: 'Ada Example', type: 'user' },
      repository: { full_name: 'example/shop', name: 'shop', type: 'repository' },
      push: { changes: [{ new: { type: 'branch', name: 'main' }, created: false, closed: false }] },
    },
  },
  quirks: [
    'The header is named without -256, but the digest is SHA-256.',
    'A retry raises X-Attempt-Number.',
    'Bitbucket Data Center uses the same header, and X-Request-Id.',
  ],
}
