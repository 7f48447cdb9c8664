import type { Scheme } from '#contract/scheme.ts'

/** Segment. From the trigger.dev catalogue. */
export const segment: Scheme = {
  id: 'segment',
  name: 'Segment',
  documentationUrl: 'https://segment.com/docs/connections/destinations/catalog/webhooks/',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the shared secret you entered in the settings of the webhook destination',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'messageId' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{40}$',
    json: ['messageId', 'type'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      messageId: 'ajs-next-1760000000000-countersign',
      type: 'track',
      event: 'Order Completed',
      anonymousId: '23adfd82-aa0f-45a7-a756-24f2a7a4c895',
      timestamp: '2025-10-09T08:53:20.000Z',
      properties: { total: 42 },
      version: 2,
    },
  },
  quirks: ['With batching only the first event is signed.', 'The digest is SHA-1.'],
}
