import type { Scheme } from '#contract/scheme.ts'

/** Klaviyo system webhooks. Source: public integrations, among them Hookdeck’s. */
export const klaviyo: Scheme = {
  id: 'klaviyo',
  name: 'Klaviyo',
  documentationUrl: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
  confidence: {
    kind: 'third-party',
    by: 'Hookdeck’s webhook skills and other public integrations, which agree',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret key that you chose when you created the system webhook',
  signature: { place: { header: 'Klaviyo-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'Klaviyo-Timestamp' }, unit: 'http-date' },
  messageId: { json: 'data[].external_id' },
  eventType: [{ json: 'data[].topic' }],
  content: '{body}{timestamp}',
  tolerance: null,
  recognition: { headers: ['klaviyo-signature', 'klaviyo-timestamp'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Klaviyo-Webhook-Id', '01EXAMPLEWEBHOOK0000000001'],
    ],
    body: {
      data: [
        {
          external_id: '01EXAMPLEEVENT000000000001',
          topic: 'event:klaviyo.opened_email',
          payload: { data: { type: 'event', id: 'example0001' } },
        },
      ],
      meta: {
        klaviyo_account_id: 'EXMPL1',
        klaviyo_webhook_id: '01EXAMPLEWEBHOOK0000000001',
        timestamp: '2025-10-09T08:53:20.000000+00:00',
      },
    },
  },
  quirks: [
    'The body comes first, then the text of Klaviyo-Timestamp, with nothing between.',
    'The rule comes from public integrations; check it against Klaviyo’s own page.',
    'One delivery can hold many events; the id and type shown are the first one’s.',
    'Klaviyo-Webhook-Id should equal meta.klaviyo_webhook_id of the body; that is left to the receiver.',
    'Webhook actions in flows are not signed at all.',
  ],
}
