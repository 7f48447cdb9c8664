import type { Scheme } from '#contract/scheme.ts'

/** Asana. Source: developers.asana.com/docs/webhooks-guide; n8n’s Asana trigger. */
export const asana: Scheme = {
  id: 'asana',
  name: 'Asana',
  documentationUrl: 'https://developers.asana.com/docs/webhooks-guide',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the X-Hook-Secret value of the first request that Asana sends when the webhook is created; not a personal access token',
  signature: { place: { header: 'X-Hook-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'events[].action' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'X-Hook-Secret',
      when: { methods: ['POST'], header: { name: 'X-Hook-Secret' } },
      signed: false,
      answer: {
        status: 200,
        headers: [['X-Hook-Secret', '{header:X-Hook-Secret}']],
        body: '',
      },
      sentence:
        'Asana offers the secret of a new webhook and wants it back. Keep it: it is the signing secret.',
    },
  ],
  recognition: {
    headers: ['x-hook-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['events'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=UTF-8']],
    body: {
      events: [
        {
          user: { gid: '12001', resource_type: 'user' },
          created_at: '2025-10-09T08:53:20.000Z',
          action: 'changed',
          resource: { gid: '12042', resource_type: 'task' },
          change: { field: 'completed', action: 'changed' },
        },
      ],
    },
  },
  retries: 'For up to 24 hours, at growing intervals.',
  answerWithinSeconds: 10,
  quirks: [
    'The secret comes only once, in the X-Hook-Secret header of the handshake.',
    'An empty events array is a heartbeat.',
    'There is no delivery id.',
  ],
}
