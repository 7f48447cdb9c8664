import type { Scheme } from '#contract/scheme.ts'

/** Wise. From the trigger.dev catalogue. */
export const wise: Scheme = {
  id: 'wise',
  name: 'Wise',
  documentationUrl: 'https://docs.wise.com/api-docs/features/webhooks-notifications',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'rsa-sha256',
  key: 'public-key',
  secretHint: 'the public key that Wise publishes for production or for the sandbox, as PEM',
  signature: { place: { header: 'X-Signature-SHA256' }, encoding: 'base64' },
  timestamp: null,
  messageId: { header: 'X-Delivery-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'event_type' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'Test notification',
      when: { methods: ['POST'], header: { name: 'X-Test-Notification', value: 'true' } },
      signed: true,
      answer: null,
      sentence: 'Wise sent its test notification.',
    },
  ],
  recognition: {
    headers: ['x-signature-sha256'],
    confidence: 'likely',
    json: ['event_type', 'subscription_id'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      data: {
        resource: { type: 'transfer', id: 111, profile_id: 222, account_id: 333 },
        current_state: 'processing',
        previous_state: 'incoming_payment_waiting',
        occurred_at: '2025-10-09T08:53:20Z',
      },
      subscription_id: '01234567-89ab-4def-8123-456789abcdef',
      event_type: 'transfers#state-change',
      schema_version: '2.0.0',
      sent_at: '2025-10-09T08:53:20Z',
    },
  },
  quirks: [
    'Signed with Wise’s own key: a receiver cannot sign again, except with a test key pair.',
  ],
}
