import type { Scheme } from '#contract/scheme.ts'

/** Lovable. Source: @lovable.dev/webhooks-js 0.0.2. */
export const lovable: Scheme = {
  id: 'lovable',
  name: 'Lovable',
  documentationUrl: 'https://docs.lovable.dev/',
  confidence: { kind: 'sdk-run', by: '@lovable.dev/webhooks-js 0.0.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret that Lovable gives with the webhook',
  signature: { place: { header: 'x-lovable-signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: { place: { header: 'x-lovable-timestamp' }, unit: 'any', age: 'exact' },
  messageId: null,
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['x-lovable-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: { type: 'project.published', project_id: '7c1f8a52-1f7e-4a5c-9a3e-2b1d0c9e8f70' },
  },
  quirks: [
    'The timestamp may be in seconds, milliseconds or ISO 8601; its text as sent is signed.',
  ],
}
