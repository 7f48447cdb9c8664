import type { Scheme } from '#contract/scheme.ts'

/** Shopify. Source: shopify.dev (verify webhooks) and @shopify/shopify-api 15.0.0. */
export const shopify: Scheme = {
  id: 'shopify',
  name: 'Shopify',
  documentationUrl: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
  confidence: { kind: 'sdk-run', by: '@shopify/shopify-api 15.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the client secret of the app (Dev Dashboard, your app, Settings); for webhooks made in the shop admin the key shown under Settings, Notifications, Webhooks; not an access token (shpat_…)',
  signature: { place: { header: 'X-Shopify-Hmac-Sha256' }, encoding: 'base64' },
  timestamp: null,
  messageId: { header: 'X-Shopify-Webhook-Id' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Shopify-Topic' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-shopify-hmac-sha256'], confidence: 'certain' },
  sdk: {
    name: '@shopify/shopify-api',
    refusesEmptyBody: true,
    wantsHeaders: [
      'X-Shopify-Topic',
      'X-Shopify-Shop-Domain',
      'X-Shopify-API-Version',
      'X-Shopify-Webhook-Id',
    ],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Shopify-Topic', 'orders/create'],
      ['X-Shopify-Shop-Domain', 'example-shop.myshopify.com'],
      ['X-Shopify-API-Version', '2025-10'],
      ['X-Shopify-Event-Id', '98880550-7158-44d4-b7cd-2c97c8a091b5'],
      ['X-Shopify-Triggered-At', '2025-10-09T08:53:20.000Z'],
    ],
    body: {
      id: 820982911946154500,
      name: '#1042',
      email: 'ada@example.test',
      created_at: '2025-10-09T04:53:20-04:00',
      currency: 'EUR',
      total_price: '42.00',
      financial_status: 'paid',
      line_items: [{ id: 866550311766439, title: 'Mug', quantity: 1, price: '42.00' }],
    },
  },
  retries: 'Up to 8 times over 4 hours, at growing intervals.',
  answerWithinSeconds: 5,
  quirks: [
    'The secret may look like hex or begin with shpss_; it is used as text.',
    'Test notifications from the shop admin are signed with the shop’s own key, not with the app secret.',
    'The SDK also wants the topic, shop domain, API version and webhook id headers, and refuses an empty body.',
    'X-Shopify-Event-Id groups the deliveries of one event.',
  ],
}
