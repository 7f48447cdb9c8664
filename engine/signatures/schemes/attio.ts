import type { Scheme } from '#contract/scheme.ts'

/** Attio. Source: the verification configuration of @trigger.dev/core. */
export const attio: Scheme = {
  id: 'attio',
  name: 'Attio',
  documentationUrl: 'https://docs.attio.com/rest-api/guides/webhooks',
  confidence: { kind: 'third-party', by: '@trigger.dev/core 4.8.3' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the webhook secret, returned when the webhook was created and shown in the developer settings',
  signature: { place: { header: 'Attio-Signature', also: ['X-Attio-Signature'] }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'Idempotency-Key' },
  newMessageId: 'uuid',
  eventType: [{ json: 'events[].event_type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['attio-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      webhook_id: '3f6a1c52-8a0e-4b7d-9d0b-5f1f4f0c2a11',
      events: [
        {
          event_type: 'record.created',
          id: { workspace_id: 'ws-example', object_id: 'people', record_id: 'rec-0001' },
          actor: { type: 'workspace-member', id: 'member-0001' },
        },
      ],
    },
  },
  quirks: [
    'X-Attio-Signature repeats the signature for older receivers.',
    'One delivery can hold several events; the type shown is the first one’s.',
  ],
}
