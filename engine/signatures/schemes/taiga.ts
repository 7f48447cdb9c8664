import type { Scheme } from '#contract/scheme.ts'

/** Taiga. Source: the trigger node of n8n-nodes-base 2.41.2. */
export const taiga: Scheme = {
  id: 'taiga',
  name: 'Taiga',
  documentationUrl: 'https://docs.taiga.io/webhooks.html',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint:
    'the secret key you entered for the webhook (the project’s Settings, Integrations, Webhooks)',
  signature: { place: { header: 'X-TAIGA-WEBHOOK-SIGNATURE' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ parts: [{ json: 'type' }, { json: 'action' }], joint: '.' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-taiga-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      action: 'create',
      type: 'issue',
      by: { id: 6, full_name: 'Test Person' },
      date: '2025-10-09T08:53:20.000Z',
      data: { id: 42, ref: 7, subject: 'Sample issue' },
    },
  },
  quirks: [
    'The digest is SHA-1.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
