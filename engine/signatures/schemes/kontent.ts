import type { Scheme } from '#contract/scheme.ts'

/** Kontent.ai. Source: the provider’s webhook helper. */
export const kontent: Scheme = {
  id: 'kontent',
  name: 'Kontent.ai',
  documentationUrl: 'https://kontent.ai/learn/docs/webhooks/webhooks/javascript',
  confidence: { kind: 'sdk-run', by: '@kontent-ai/webhook-helper 3.0.3' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret on the webhook’s page (Environment settings, Webhooks)',
  signature: {
    place: { header: 'X-Kontent-ai-Signature', also: ['X-KC-Signature'] },
    encoding: 'base64',
  },
  timestamp: null,
  messageId: null,
  eventType: [
    {
      parts: [
        { json: 'notifications[].message.object_type' },
        { json: 'notifications[].message.action' },
      ],
      joint: '.',
    },
  ],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-kontent-ai-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      notifications: [
        {
          data: {
            system: { id: '8bd9eca7-4fc1-4d5c-9e3b-2a1f0e9d8c7b', codename: 'example_article' },
          },
          message: {
            environment_id: '975bf280-9bc6-4d6f-8f3a-1c2b3d4e5f60',
            object_type: 'content_item',
            action: 'published',
            delivery_slot: 'published',
          },
        },
      ],
    },
  },
  quirks: [
    'Older webhooks call the header X-KC-Signature.',
    'The JSON may be sent indented; the raw bytes are signed.',
    'One delivery can hold several notifications; the type shown is the first one’s.',
  ],
}
