import type { Scheme } from '#contract/scheme.ts'

/** MailerLite. Source: the trigger node of n8n-nodes-base 2.41.2. */
export const mailerlite: Scheme = {
  id: 'mailerlite',
  name: 'MailerLite',
  documentationUrl: 'https://developers.mailerlite.com/docs/webhooks.html',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the webhook, as the API returns it when the webhook is created',
  signature: { place: { header: 'Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    confidence: 'possible',
    userAgent: 'MailerLite',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'MailerLite (countersign test)'],
    ],
    body: {
      type: 'subscriber.created',
      id: '99246034871224325',
      email: 'reader@example.test',
      status: 'active',
      source: 'api',
      created_at: '2025-10-09 08:53:20',
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
