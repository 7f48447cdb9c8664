import type { Scheme } from '#contract/scheme.ts'

/** Onfido. Source: the SDK’s webhook verifier. */
export const onfido: Scheme = {
  id: 'onfido',
  name: 'Onfido',
  documentationUrl: 'https://documentation.onfido.com/',
  confidence: { kind: 'sdk-run', by: '@onfido/api 6.2.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the token of the webhook (Onfido dashboard, Developers, Webhooks), not an API token',
  signature: { place: { header: 'X-SHA2-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'payload.action' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-sha2-signature'],
    confidence: 'likely',
    json: ['payload.action', 'payload.resource_type'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      payload: {
        resource_type: 'check',
        action: 'check.completed',
        object: {
          id: '5d8a4c10-0f7e-4f5c-9d10-8b1f2c3d4e5f',
          status: 'complete',
          completed_at_iso8601: '2025-10-09T08:53:20Z',
        },
      },
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
