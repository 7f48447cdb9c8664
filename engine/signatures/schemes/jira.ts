import type { Scheme } from '#contract/scheme.ts'

/** Jira Cloud. Source: the verification configuration of @trigger.dev/core. */
export const jira: Scheme = {
  id: 'jira',
  name: 'Jira Cloud',
  documentationUrl: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  confidence: { kind: 'third-party', by: '@trigger.dev/core 4.8.3' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the webhook (System settings, WebHooks)',
  signature: { place: { header: 'X-Hub-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { header: 'X-Atlassian-Webhook-Identifier' },
  eventType: [{ json: 'webhookEvent' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hub-signature'],
    signaturePattern: '^sha256=',
    json: ['webhookEvent'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Atlassian Webhook HTTP Client'],
      ['X-Atlassian-Webhook-Identifier', '7f0a2b6e-55ad-4d5e-9a35-2d0e4b0c9f10'],
    ],
    body: {
      timestamp: 1760000000000,
      webhookEvent: 'jira:issue_created',
      issue_event_type_name: 'issue_created',
      user: { accountId: 'example-0001', displayName: 'Ada Example' },
      issue: { id: '10042', key: 'EX-42', fields: { summary: 'An invented issue' } },
    },
  },
  quirks: [
    'Connect apps get a JWT with a hash of the query instead; that is not covered here.',
    'X-Hub-Signature is shared with Bitbucket and others; the body tells Jira apart.',
  ],
}
