import type { Scheme } from '#contract/scheme.ts'

/** Flutterwave v3: the secret hash as a plain header. Source: developer.flutterwave.com/docs; public integrations. */
export const flutterwaveV3: Scheme = {
  id: 'flutterwave-v3',
  name: 'Flutterwave (verif-hash)',
  documentationUrl: 'https://developer.flutterwave.com/v3.0/docs/webhooks',
  confidence: { kind: 'third-party', by: 'public integrations, run with @trigger.dev/core 4.8.3' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint:
    'the secret hash that you chose (Dashboard, Settings, Webhooks); not the secret key (FLWSECK…)',
  signature: { place: { header: 'verif-hash' }, encoding: 'text' },
  timestamp: null,
  messageId: { json: 'data.id' },
  eventType: [{ json: 'event' }],
  content: '',
  tolerance: null,
  recognition: { headers: ['verif-hash'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'charge.completed',
      data: {
        id: 285959875,
        tx_ref: 'order-1042',
        flw_ref: 'EXAMPLE/FLW270177170',
        amount: 4200,
        currency: 'NGN',
        status: 'successful',
        customer: { id: 215604089, name: 'Ada Example', email: 'ada@example.test' },
      },
    },
  },
  quirks: [
    'Nothing is signed: the hash is a plain token and says nothing about the body.',
    'Version 4 sends the flutterwave-signature header instead.',
  ],
}
