import type { Scheme } from '#contract/scheme.ts'

/** Postmark. From the trigger.dev and Hookdeck catalogues. */
export const postmark: Scheme = {
  id: 'postmark',
  name: 'Postmark',
  documentationUrl: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
  confidence: { kind: 'third-party', by: 'trigger.dev and Hookdeck catalogues' },
  algorithm: 'basic-auth',
  key: 'utf8',
  secretHint:
    'user:password, the basic auth credentials of the webhook (the message stream’s Webhooks)',
  signature: { place: { header: 'Authorization' }, encoding: 'base64', prefix: 'Basic ' },
  timestamp: null,
  messageId: { parts: [{ json: 'MessageID' }, { json: 'RecordType' }], joint: ':' },
  eventType: [{ json: 'RecordType' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    json: ['RecordType', 'MessageID'],
    confidence: 'likely',
    userAgent: '^Postmark',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Postmark (countersign test)'],
    ],
    body: {
      RecordType: 'Delivery',
      ServerID: 23,
      MessageStream: 'outbound',
      MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
      Recipient: 'reader@example.test',
      DeliveredAt: '2025-10-09T08:53:20Z',
      Details: 'Test delivery',
    },
  },
  quirks: [
    'There is no signature: the password proves the sender knows it, and nothing about the body.',
    'Credentials may also be put in the URL; custom headers are another way.',
  ],
}
