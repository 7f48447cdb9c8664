import type { Scheme } from '#contract/scheme.ts'

/** CircleCI. Source: the catalogue of trigger.dev. */
export const circleci: Scheme = {
  id: 'circleci',
  name: 'CircleCI',
  documentationUrl: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret token of the webhook (Project Settings, Webhooks)',
  signature: {
    place: { header: 'circleci-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ header: 'circleci-event-type' }, { json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['circleci-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['circleci-event-type', 'workflow-completed'],
    ],
    body: {
      id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      type: 'workflow-completed',
      happened_at: '2025-10-09T08:53:20.000Z',
      webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Example' },
      workflow: { id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3', name: 'build', status: 'success' },
    },
  },
  quirks: [
    'The header is a list: v1 is the only version so far, others are ignored.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
