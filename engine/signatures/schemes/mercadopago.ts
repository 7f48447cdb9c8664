import type { Scheme } from '#contract/scheme.ts'

/** Mercado Pago. Source: mercadopago 3.6.1. */
export const mercadopago: Scheme = {
  id: 'mercadopago',
  name: 'Mercado Pago',
  documentationUrl:
    'https://www.mercadopago.com.br/developers/en/docs/your-integrations/notifications/webhooks',
  confidence: { kind: 'sdk-run', by: 'mercadopago 3.6.1' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret signature of the application (Your integrations, the application, Webhooks), not the access token',
  signature: {
    place: { header: 'x-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    // Its package assigns every entry anew.
    repeatedField: 'last',
    trim: true,
  },
  timestamp: { place: { field: 'ts' }, unit: 's-or-ms' },
  messageId: { json: 'id' },
  eventType: [{ json: 'action' }, { json: 'type' }],
  content: 'special:mercadopago',
  tolerance: null,
  recognition: {
    headers: ['x-signature', 'x-request-id'],
    signaturePattern: '^ts=\\d+, ?v1=[0-9a-f]{64}$',
    confidence: 'likely',
    userAgent: '^MercadoPago',
  },
  sdk: { name: 'mercadopago', tries: 'last' },
  sample: {
    method: 'POST',
    targetSuffix: '?data.id=123456789&type=payment',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Request-Id', 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e'],
      ['User-Agent', 'MercadoPago WebHook v1.0 (countersign test)'],
    ],
    body: {
      id: 12345678901,
      live_mode: true,
      type: 'payment',
      date_created: '2025-10-09T08:53:20.000-04:00',
      user_id: 44444,
      api_version: 'v1',
      action: 'payment.updated',
      data: { id: '123456789' },
    },
  },
  quirks: [
    'The body is not signed: only data.id from the query, x-request-id and ts are.',
    'A part whose value is absent is left out of the signed text.',
    'Notifications of QR codes are not signed.',
  ],
}
