import type { Scheme } from '#contract/scheme.ts'

/** Help Scout. Source: the trigger node of n8n. */
export const helpscout: Scheme = {
  id: 'helpscout',
  name: 'Help Scout',
  documentationUrl: 'https://developer.helpscout.com/webhooks/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the secret key that you typed for the webhook',
  signature: { place: { header: 'X-HelpScout-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: null,
  eventType: [{ header: 'X-HelpScout-Event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-helpscout-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-HelpScout-Event', 'convo.created'],
    ],
    body: {
      id: 4200,
      number: 42,
      type: 'email',
      status: 'active',
      subject: 'Where is my order?',
      primaryCustomer: { id: 238604, email: 'ada@example.test' },
    },
  },
  quirks: [
    'The digest is SHA-1.',
    'Deliveries have no id, so a repeat can only be told by its body.',
  ],
}
