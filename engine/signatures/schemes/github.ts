import type { Scheme } from '#contract/scheme.ts'

/** GitHub. Source: docs.github.com (validating webhook deliveries) and @octokit/webhooks-methods 6. */
export const github: Scheme = {
  id: 'github',
  name: 'GitHub',
  documentationUrl:
    'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  confidence: { kind: 'sdk-run', by: '@octokit/webhooks-methods 6.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the text you chose as secret in the webhook’s settings',
  signature: { place: { header: 'X-Hub-Signature-256' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { header: 'X-GitHub-Delivery' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-GitHub-Event' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hub-signature-256'],
    confidence: 'likely',
    certainWith: ['x-github-event'],
  },
  sdk: { name: '@octokit/webhooks-methods', refusesEmptyBody: true, decodesBody: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Accept', '*/*'],
      ['Content-Type', 'application/json'],
      ['User-Agent', 'GitHub-Hookshot/countersign-test'],
      ['X-GitHub-Event', 'push'],
    ],
    body: {
      ref: 'refs/heads/main',
      before: '0000000000000000000000000000000000000000',
      after: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
      repository: { id: 1296269, name: 'hello-world', full_name: 'octo-example/hello-world' },
      pusher: { name: 'octo-example', email: 'octo@example.test' },
      commits: [],
    },
  },
  quirks: [
    'There is no timestamp: an old delivery can be sent again and still matches.',
    'X-GitHub-Delivery stays the same on a manual redelivery.',
    'Form-encoded deliveries are signed as they stand: the raw payload=… bytes.',
  ],
}
