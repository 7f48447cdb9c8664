import type { Scheme } from '#contract/scheme.ts'

/** Fourthwall. Source: docs.fourthwall.com/webhooks/signature-verification. */
export const fourthwall: Scheme = {
  id: 'fourthwall',
  name: 'Fourthwall',
  documentationUrl: 'https://docs.fourthwall.com/webhooks/signature-verification',
  confidence: {
    kind: 'documentation',
    by: 'Fourthwall’s page on signatures; nuxt-webhook-validators agrees',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret of the webhook panel (site settings, For developers), or the app’s HMAC key',
  signature: {
    place: { header: 'X-Fourthwall-Hmac-SHA256', also: ['X-Fourthwall-Hmac-Apps-SHA256'] },
    encoding: 'base64',
  },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-fourthwall-hmac-sha256'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      testMode: true,
      id: 'weve_kvlcEmjRRhyrrSvXqnHWQA',
      webhookId: 'wcon_example0001',
      shopId: 'sh_example0001',
      type: 'ORDER_PLACED',
      apiVersion: 'V1',
      createdAt: '2025-10-09T08:53:20.000000Z',
      data: { id: '5eab6b0c-1d2b-4c6c-8ab7-0b2f1c9d4e3a', status: 'CONFIRMED' },
    },
  },
  quirks: ['Platform apps get X-Fourthwall-Hmac-Apps-SHA256 instead, with the app’s own key.'],
}
