import type { Scheme } from '#contract/scheme.ts'

/** Telnyx. Source: telnyx 7.24.0. */
export const telnyx: Scheme = {
  id: 'telnyx',
  name: 'Telnyx',
  documentationUrl: 'https://developers.telnyx.com/',
  confidence: { kind: 'sdk-run', by: 'telnyx 2.1.0; 7.24.0 was read' },
  algorithm: 'ed25519',
  key: 'public-key',
  secretHint:
    'the public key of the account (Mission Control, Keys & Credentials, Public Key); base64 of 32 bytes',
  secretPattern: '^[A-Za-z0-9+/]{43}=$',
  signature: { place: { header: 'telnyx-signature-ed25519' }, encoding: 'base64' },
  timestamp: { place: { header: 'telnyx-timestamp' }, unit: 's' },
  messageId: { json: 'data.id' },
  eventType: [{ json: 'data.event_type' }],
  content: '{timestamp}|{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['telnyx-signature-ed25519'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      data: {
        record_type: 'event',
        event_type: 'message.received',
        id: 'b301ed3f-1490-491f-995f-6e64e69674d4',
        occurred_at: '2025-10-09T08:53:20.000Z',
        payload: {
          direction: 'inbound',
          id: '84cca175-9755-4859-b67f-4730d7f58aa3',
          text: 'Hello from Telnyx',
        },
      },
      meta: { attempt: 1, delivered_to: 'https://example.test/webhooks' },
    },
  },
  quirks: ['Timestamp and body are joined by a vertical bar.'],
}
