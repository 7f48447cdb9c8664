import type { Scheme } from '#contract/scheme.ts'

/** GitHub’s older header with SHA-1. Source: docs.github.com and @octokit/webhooks-methods 2.0.0. */
export const githubSha1: Scheme = {
  id: 'github-sha1',
  name: 'GitHub (legacy SHA-1)',
  documentationUrl:
    'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  confidence: { kind: 'sdk-run', by: '@octokit/webhooks-methods 2.0.0' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the Secret field of the webhook (Settings, Webhooks); not a personal access token',
  signature: { place: { header: 'X-Hub-Signature' }, encoding: 'hex', prefix: 'sha1=' },
  timestamp: null,
  messageId: { header: 'X-GitHub-Delivery' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-GitHub-Event' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hub-signature', 'x-github-event'],
    signaturePattern: '^sha1=[0-9a-f]{40}$',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'GitHub-Hookshot/countersign-test'],
      ['X-GitHub-Event', 'push'],
    ],
    body: {
      ref: 'refs/heads/main',
      before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
      after: '59b20b8d5c6ff8d09518454d4dd8b7b30f095ab5',
      repository: { id: 1042, name: 'shop', full_name: 'example/shop' },
      pusher: { name: 'ada', email: 'ada@example.test' },
    },
  },
  retries: 'Not by itself; deliveries can be sent again by hand.',
  answerWithinSeconds: 10,
  quirks: [
    'GitHub sends this header beside X-Hub-Signature-256. Prefer that one.',
    'X-GitHub-Delivery stays the same on a manual redelivery.',
  ],
}
