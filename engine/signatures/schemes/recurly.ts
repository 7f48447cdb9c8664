import type { Scheme } from '#contract/scheme.ts'

/** Recurly. Source: Recurly’s page on signature verification and Hookdeck’s notes. */
export const recurly: Scheme = {
  id: 'recurly',
  name: 'Recurly',
  documentationUrl: 'https://docs.recurly.com/recurly-subscriptions/docs/signature-verification',
  confidence: { kind: 'third-party', by: 'Hookdeck notes' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret key of this endpoint (Recurly, Integrations, Webhook Endpoints)',
  signature: {
    place: { header: 'recurly-signature' },
    encoding: 'hex',
    list: ',',
    positions: ['t'],
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: { header: 'recurly-notification-id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'event_type' }, { memberBeside: [] }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['recurly-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'sr7k8zi0a1bc',
      object_type: 'subscription',
      site_id: 'qerx3m2v8bq1',
      event_type: 'created',
      event_time: '2025-10-09T08:53:20Z',
      uuid: '6e5d4c3b2a1908f7e6d5c4b3a2918070',
    },
  },
  quirks: [
    'The header lists the timestamp and then signatures, by position and without names.',
    'The timestamp is in milliseconds.',
    'Only JSON notifications are signed; XML ones are not.',
  ],
}
