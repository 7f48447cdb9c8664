import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

function shopify(topic: string, body: Json): ProviderEvent {
  return {
    name: topic,
    headers: [
      ['X-Shopify-Topic', topic],
      ['X-Shopify-Event-Id', '{{uuid}}'],
      ['X-Shopify-Triggered-At', '{{isoNow}}'],
    ],
    body,
  }
}

function woo(topic: string, body: Json): ProviderEvent {
  const [resource = '', event = ''] = topic.split('.')
  return {
    name: topic,
    headers: [
      ['X-WC-Webhook-Topic', topic],
      ['X-WC-Webhook-Resource', resource],
      ['X-WC-Webhook-Event', event],
    ],
    body,
  }
}

/** Ids beyond 2^53, as Shopify's are: their digits must survive. */
const SHOP_ID = '=820982911946154{{int 100 999}}'

export const shops: ProviderEvents = {
  shopify: [
    shopify('orders/create', {
      id: SHOP_ID,
      name: '#{{int 1000 9999}}',
      email: '{{email}}',
      created_at: '{{isoNow}}',
      currency: 'EUR',
      total_price: '{{amount}}',
      financial_status: 'paid',
      customer: { id: SHOP_ID, first_name: '{{firstName}}', last_name: '{{lastName}}' },
      line_items: [{ id: SHOP_ID, title: 'Mug – “Ünicode”', quantity: 1, price: '{{amount}}' }],
      shipping_address: { city: '{{city}}', country_code: 'DE' },
    }),
    shopify('orders/paid', {
      id: SHOP_ID,
      name: '#{{int 1000 9999}}',
      email: '{{email}}',
      processed_at: '{{isoNow}}',
      currency: 'EUR',
      total_price: '{{amount}}',
      financial_status: 'paid',
    }),
    shopify('products/update', {
      id: SHOP_ID,
      title: 'Mug',
      handle: 'mug-{{word}}',
      status: 'active',
      updated_at: '{{isoNow}}',
      variants: [{ id: SHOP_ID, price: '{{amount}}', inventory_quantity: '={{int 0 400}}' }],
    }),
    shopify('refunds/create', {
      id: SHOP_ID,
      order_id: SHOP_ID,
      created_at: '{{isoNow}}',
      note: '{{sentence}}',
      transactions: [{ id: SHOP_ID, amount: '{{amount}}', kind: 'refund', status: 'success' }],
    }),
    shopify('app/uninstalled', {
      id: SHOP_ID,
      name: 'Example shop',
      email: '{{email}}',
      domain: 'example-shop.myshopify.com',
    }),
  ],
  woocommerce: [
    woo('order.created', {
      id: '={{int 1000 9999}}',
      status: 'processing',
      currency: 'EUR',
      total: '{{amount}}',
      billing: { first_name: '{{firstName}}', email: '{{email}}', city: '{{city}}' },
    }),
    woo('order.updated', {
      id: '={{int 1000 9999}}',
      status: '{{pick completed refunded on-hold}}',
      total: '{{amount}}',
    }),
    woo('customer.created', {
      id: '={{int 1000 9999}}',
      email: '{{email}}',
      first_name: '{{firstName}}',
      last_name: '{{lastName}}',
    }),
  ],
}
