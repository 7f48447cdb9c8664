import type { Scheme } from '#contract/scheme.ts'

/** PagerDuty v3 webhooks. Source: PagerDuty’s documentation repository. */
export const pagerduty: Scheme = {
  id: 'pagerduty',
  name: 'PagerDuty v3 webhooks',
  documentationUrl: 'https://docs.pagerduty.com/developer/verifying-webhook-signatures',
  confidence: { kind: 'documentation', by: 'PagerDuty' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret that was shown when the webhook subscription was created',
  signature: {
    place: { header: 'X-PagerDuty-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: null,
  messageId: { json: 'event.id' },
  eventType: [{ json: 'event.event_type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-pagerduty-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'PagerDuty-Webhook/V3.0 (countersign test)'],
      ['X-Webhook-Id', '3b7d9c1e-2f4a-4d6b-8c0e-5a7f9b1d3e5c'],
    ],
    body: {
      event: {
        id: '5ac64822-4adc-4fda-ade0-410becf0de4f',
        event_type: 'incident.triggered',
        resource_type: 'incident',
        occurred_at: '2025-10-09T08:53:20.000Z',
        agent: null,
        data: {
          id: 'PGR0VU2',
          type: 'incident',
          number: 2,
          title: 'A little bump in the road',
          status: 'triggered',
        },
      },
    },
  },
  quirks: [
    'Several v1 signatures, separated by commas, while a secret is rotated; one match is enough.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
