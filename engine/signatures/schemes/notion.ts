import type { Scheme } from '#contract/scheme.ts'

/** Notion. Source: developers.notion.com/reference/webhooks and @notionhq/client 5.26.0. */
export const notion: Scheme = {
  id: 'notion',
  name: 'Notion',
  documentationUrl: 'https://developers.notion.com/reference/webhooks',
  confidence: { kind: 'sdk-run', by: '@notionhq/client 5.26.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the verification_token (secret_…) of the first request to a new subscription, the same that you paste on the integration’s Webhooks tab; not the integration’s own token',
  secretPrefix: 'secret_',
  signature: { place: { header: 'X-Notion-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'verification_token',
      when: { methods: ['POST'], json: { path: 'verification_token' } },
      signed: false,
      answer: null,
      sentence:
        'Notion sent the verification token of a new subscription. Paste it in the integration’s Webhooks tab; it is also the secret.',
    },
  ],
  recognition: { headers: ['x-notion-signature'], confidence: 'certain' },
  sdk: { name: '@notionhq/client', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
      timestamp: '2025-10-09T08:53:20.000Z',
      workspace_id: '13950b26-c203-4f3b-b97d-93ec06319565',
      subscription_id: '29d75c0d-5546-4414-8459-7b7a92f1fc4b',
      integration_id: '0ef2e755-4912-8096-91c1-00376a88a5ca',
      type: 'page.created',
      authors: [{ id: 'c7c11cca-1d73-471d-9b6e-bdef51470190', type: 'person' }],
      attempt_number: 1,
      entity: { id: '153104cd-477e-809d-8dc4-ff2d96ae3090', type: 'page' },
    },
  },
  retries: 'Up to 8 times within about 24 hours.',
  quirks: [
    'The secret is used as text, secret_ included.',
    'The first request to a new subscription is not signed.',
    'The SDK takes upper-case hex too.',
  ],
}
