import type { Scheme } from '#contract/scheme.ts'

/** Hugging Face. Source: the catalogue of trigger.dev. */
export const huggingface: Scheme = {
  id: 'huggingface',
  name: 'Hugging Face',
  documentationUrl: 'https://huggingface.co/docs/hub/webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the secret you typed in the webhook’s settings',
  signature: { place: { header: 'X-Webhook-Secret' }, encoding: 'text' },
  timestamp: null,
  messageId: null,
  eventType: [{ parts: [{ json: 'event.scope' }, { json: 'event.action' }], joint: ':' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['x-webhook-secret'],
    json: ['event.action', 'event.scope'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: { action: 'update', scope: 'repo.content' },
      repo: {
        type: 'model',
        name: 'example-org/example-model',
        id: '621ffdc036468d709f17434d',
        private: false,
      },
      webhook: { id: '6390e855e30d9209411de93b', version: 3 },
    },
  },
  quirks: ['A shared token proves that the sender knows it, and nothing about the body.'],
}
