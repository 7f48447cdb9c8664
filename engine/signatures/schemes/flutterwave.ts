import type { Scheme } from '#contract/scheme.ts'

/** Flutterwave v4. Source: developer.flutterwave.com/docs/webhooks; public integrations agree. */
export const flutterwave: Scheme = {
  id: 'flutterwave',
  name: 'Flutterwave (v4 signature)',
  documentationUrl: 'https://developer.flutterwave.com/docs/webhooks',
  confidence: {
    kind: 'third-party',
    by: 'public integrations (several agree), run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret hash that you chose (Dashboard, Settings, Webhooks); not the client secret',
  signature: { place: { header: 'flutterwave-signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'data.id' },
  eventType: [{ json: 'type' }, { json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['flutterwave-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      webhook_id: 'wbk_exampleUVtuDvNCl9Sp',
      timestamp: 1760000000000,
      type: 'charge.completed',
      data: {
        id: 'chg_exampleAbCdEf',
        amount: 4200,
        currency: 'NGN',
        reference: 'order-1042',
        status: 'succeeded',
        customer: { id: 'cus_example', email: 'ada@example.test' },
      },
    },
  },
  quirks: ['Version 3 sends a plain verif-hash header instead.'],
}
