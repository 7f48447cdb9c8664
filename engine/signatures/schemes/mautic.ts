import type { Scheme } from '#contract/scheme.ts'

/** Mautic. Source: the trigger node of n8n-nodes-base 2.41.2. */
export const mautic: Scheme = {
  id: 'mautic',
  name: 'Mautic',
  documentationUrl: 'https://docs.mautic.org/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the Secret of the webhook (Mautic, Settings, Webhooks)',
  signature: { place: { header: 'Webhook-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: null,
  eventType: [{ memberBeside: ['timestamp'] }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['webhook-signature'],
    signaturePattern: '^[A-Za-z0-9+/]{43}=$',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      'mautic.lead_post_save_new': [
        {
          contact: {
            id: 42,
            points: 0,
            fields: { core: { email: { value: 'reader@example.test' } } },
          },
          timestamp: '2025-10-09T08:53:20+00:00',
        },
      ],
    },
  },
  quirks: [
    'The header has the name of a Standard Webhooks header, but holds only a base64 digest of the body.',
    'The names of the top-level members say which events are inside; one request may hold several.',
  ],
}
