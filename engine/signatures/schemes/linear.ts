import type { Scheme } from '#contract/scheme.ts'

/** Linear. Source: linear.app/developers/webhooks and @linear/sdk 98.0.0. */
export const linear: Scheme = {
  id: 'linear',
  name: 'Linear',
  documentationUrl: 'https://linear.app/developers/webhooks',
  confidence: { kind: 'sdk-run', by: '@linear/sdk 98.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing secret (lin_wh_…) on the webhook’s page (Settings, API, Webhooks); not an API key (lin_api_…)',
  secretPrefix: 'lin_wh_',
  signature: { place: { header: 'Linear-Signature' }, encoding: 'hex' },
  timestamp: { place: { json: 'webhookTimestamp' }, unit: 'ms', jsonType: 'number' },
  messageId: { header: 'Linear-Delivery' },
  newMessageId: 'uuid',
  eventType: [
    { parts: [{ json: 'type' }, { json: 'action' }], joint: '.' },
    { header: 'Linear-Event' },
  ],
  content: '{body}',
  tolerance: { pastSeconds: 60, futureSeconds: 60 },
  recognition: { headers: ['linear-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Linear-Webhook (countersign test)'],
      ['Linear-Event', 'Issue'],
    ],
    body: {
      action: 'create',
      type: 'Issue',
      createdAt: '2025-10-09T08:53:20.000Z',
      data: {
        id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
        identifier: 'SHOP-42',
        title: 'Checkout fails for long names',
        priority: 2,
      },
      url: 'https://linear.app/example/issue/SHOP-42',
      organizationId: '0b6c2f4e-6f6a-4a3e-9c1d-1c2f3a4b5c6d',
      webhookTimestamp: 1760000000000,
      webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
    },
  },
  retries: 'Three times: after 1 min, 1 h and 6 h.',
  retrySchedule: { gapsSeconds: [60, 3600, 21600] },
  answerWithinSeconds: 5,
  quirks: [
    'The timestamp that counts is webhookTimestamp in the signed body, in milliseconds.',
    'The Linear-Timestamp header is ignored by the present SDK; older ones took the timestamp as a parameter.',
    'The secret is used as text, lin_wh_ included.',
  ],
}
