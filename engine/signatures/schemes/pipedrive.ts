import type { Scheme } from '#contract/scheme.ts'

/** Pipedrive, and others that use HTTP Basic. From the trigger.dev catalogue. */
export const pipedrive: Scheme = {
  id: 'pipedrive',
  name: 'Pipedrive, Freshdesk, Gorgias (HTTP Basic)',
  documentationUrl: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'basic-auth',
  key: 'utf8',
  secretHint: 'user:password, the HTTP user name and password you gave with the webhook',
  signature: { place: { header: 'Authorization' }, encoding: 'base64', prefix: 'Basic ' },
  timestamp: null,
  messageId: null,
  eventType: [{ parts: [{ json: 'meta.entity' }, { json: 'meta.action' }], joint: '.' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    json: ['meta.entity', 'meta.action', 'meta.company_id'],
    confidence: 'likely',
    userAgent: 'Pipedrive',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Pipedrive Webhooks (countersign test)'],
    ],
    body: {
      data: { id: 42, title: 'Sample deal', value: 4200, currency: 'EUR', status: 'open' },
      previous: null,
      meta: {
        action: 'create',
        entity: 'deal',
        entity_id: '42',
        company_id: '1234567',
        user_id: '7654321',
        timestamp: '2025-10-09T08:53:20.000Z',
        version: '2.0',
      },
    },
  },
  quirks: [
    'There is no signature: the password proves the sender knows it, and nothing about the body.',
    'Which member names the event depends on the provider.',
  ],
}
