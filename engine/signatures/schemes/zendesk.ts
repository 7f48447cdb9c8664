import type { Scheme } from '#contract/scheme.ts'

/** Zendesk webhooks. Source: developer.zendesk.com (verifying webhooks); n8n’s Zendesk trigger. */
export const zendesk: Scheme = {
  id: 'zendesk',
  name: 'Zendesk',
  documentationUrl: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2; trigger.dev' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing secret on the webhook’s page (Admin Center, Apps and integrations, Webhooks, Reveal secret); not an API token',
  signature: { place: { header: 'X-Zendesk-Webhook-Signature' }, encoding: 'base64' },
  timestamp: {
    place: { header: 'X-Zendesk-Webhook-Signature-Timestamp' },
    unit: 'iso8601',
  },
  messageId: { header: 'X-Zendesk-Webhook-Invocation-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'type' }],
  content: '{timestamp}{body}',
  tolerance: null,
  recognition: { headers: ['x-zendesk-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Zendesk Webhook (countersign test)'],
      ['X-Zendesk-Account-Id', '123456'],
      ['X-Zendesk-Webhook-Id', '01GEXAMPLE1042'],
    ],
    body: {
      type: 'zen:event-type:ticket.created',
      account_id: 123456,
      id: '2b24ef10-19e3-4e1f-8d0c-2c1b5f0a9d3e',
      time: '2025-10-09T08:53:20Z',
      zendesk_event_version: '2022-11-06',
      subject: 'zen:ticket:1042',
      detail: { id: '1042', subject: 'Where is my receipt?', status: 'NEW' },
      event: {},
    },
  },
  quirks: [
    'Timestamp and body are joined with nothing between; the timestamp is RFC 3339 text.',
    'Test requests are signed with a fixed, documented secret, not with your webhook’s.',
    'The age is not checked, and no limit is documented.',
  ],
}
