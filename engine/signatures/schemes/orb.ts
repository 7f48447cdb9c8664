import type { Scheme } from '#contract/scheme.ts'

/** Orb. Source: orb-billing 6.11.0. */
export const orb: Scheme = {
  id: 'orb',
  name: 'Orb',
  documentationUrl: 'https://docs.withorb.com/',
  confidence: { kind: 'sdk-run', by: 'orb-billing 6.11.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook secret (Orb, Developers, Webhooks)',
  signature: {
    place: { header: 'X-Orb-Signature' },
    encoding: 'hex',
    list: ' ',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { header: 'X-Orb-Timestamp' }, unit: 'iso8601-no-zone' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: 'v1:{timestamp}:{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['x-orb-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'o4mmewpfNNTnjfZc',
      created_at: '2025-10-09T08:53:20+00:00',
      type: 'invoice.issued',
      details: {},
      invoice: { id: 'JDho7eEHPpgxPxpB', total: '42.00', currency: 'USD' },
    },
  },
  quirks: [
    'The timestamp is an ISO date-time without a zone and means UTC; its text as sent is signed.',
  ],
}
