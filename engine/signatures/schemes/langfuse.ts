import type { Scheme } from '#contract/scheme.ts'

/** Langfuse. Source: the verification configuration of @trigger.dev/core. */
export const langfuse: Scheme = {
  id: 'langfuse',
  name: 'Langfuse',
  documentationUrl:
    'https://langfuse.com/docs/prompt-management/features/webhooks-slack-integrations',
  confidence: { kind: 'third-party', by: '@trigger.dev/core 4.8.3' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the whole lf-whsec_… text shown when the webhook was created',
  secretPrefix: 'lf-whsec_',
  signature: {
    place: { header: 'x-langfuse-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['x-langfuse-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Langfuse/1.0'],
    ],
    body: {
      id: 'f5e1c9a4-3f2b-4d1e-8a7c-6b5d4e3f2a10',
      timestamp: '2025-10-09T08:53:20.000Z',
      type: 'prompt-version',
      action: 'created',
      prompt: { id: 'prompt-example', name: 'greeting', version: 3, projectId: 'project-example' },
    },
  },
  quirks: [
    'The secret is used as text, lf-whsec_ included; it is not base64-decoded.',
    'No clock is checked by the known verifier.',
  ],
}
