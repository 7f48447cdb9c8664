import type { Scheme } from '#contract/scheme.ts'

/** ClickUp. Source: developer.clickup.com/docs/webhooksignature and n8n. */
export const clickup: Scheme = {
  id: 'clickup',
  name: 'ClickUp',
  documentationUrl: 'https://developer.clickup.com/docs/webhooksignature',
  confidence: { kind: 'documentation', by: 'ClickUp’s page on signatures; n8n agrees' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'webhook.secret of the answer in which the webhook was created',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'history_items[].id' },
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['webhook_id', 'event'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'taskUpdated',
      task_id: '1vj38vv',
      webhook_id: '7fa3ec74-69a8-4530-a251-8a13730bd204',
      history_items: [
        {
          id: '2800763136717140857',
          type: 1,
          date: '1642734631523',
          field: 'status',
          before: { status: 'to do' },
          after: { status: 'in progress' },
        },
      ],
    },
  },
  quirks: ['Each webhook has a secret of its own, shown when it is created.'],
}
