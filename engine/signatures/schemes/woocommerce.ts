import type { Scheme } from '#contract/scheme.ts'

/** WooCommerce. Source: woocommerce.com/document/webhooks; @hookflo/tern and n8n. */
export const woocommerce: Scheme = {
  id: 'woocommerce',
  name: 'WooCommerce',
  documentationUrl: 'https://woocommerce.com/document/webhooks/',
  confidence: { kind: 'third-party', by: '@hookflo/tern 4.1.0; n8n' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the Secret field of the webhook (WooCommerce, Settings, Advanced, Webhooks); not a consumer secret (cs_…)',
  signature: { place: { header: 'X-WC-Webhook-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { header: 'X-WC-Webhook-Delivery-ID' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-WC-Webhook-Topic' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'ping',
      when: {
        methods: ['POST'],
        form: 'webhook_id',
      },
      signed: false,
      answer: null,
      sentence:
        'WooCommerce sent the ping that comes when a webhook is saved: webhook_id=… as a form.',
    },
  ],
  recognition: { headers: ['x-wc-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'WooCommerce Hookshot (countersign test)'],
      ['X-WC-Webhook-Source', 'https://shop.example.test/'],
      ['X-WC-Webhook-Topic', 'order.created'],
      ['X-WC-Webhook-Resource', 'order'],
      ['X-WC-Webhook-Event', 'created'],
      ['X-WC-Webhook-ID', '5'],
    ],
    body: {
      id: 1042,
      status: 'processing',
      currency: 'EUR',
      date_created: '2025-10-09T10:53:20',
      total: '42.00',
      billing: { first_name: 'Ada', last_name: 'Example', email: 'ada@example.test' },
      line_items: [{ id: 1, name: 'Mug', quantity: 1, total: '42.00' }],
    },
  },
  quirks: [
    'The first delivery after saving a webhook is a ping: a form body webhook_id=… and no useful JSON.',
  ],
}
