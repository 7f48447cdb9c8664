import type { Scheme } from '#contract/scheme.ts'

/** Coinbase Commerce. Source: docs.cdp.coinbase.com/commerce-onchain and coinbase-commerce-node 1.0.4. */
export const coinbaseCommerce: Scheme = {
  id: 'coinbase-commerce',
  name: 'Coinbase Commerce',
  documentationUrl: 'https://docs.cdp.coinbase.com/commerce-onchain/docs/welcome',
  confidence: { kind: 'sdk-run', by: 'coinbase-commerce-node 1.0.4' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook shared secret (Settings, Notifications); not the API key',
  signature: { place: { header: 'X-CC-Webhook-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'event.id' },
  eventType: [{ json: 'event.type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-cc-webhook-signature'], confidence: 'certain' },
  sdk: { name: 'coinbase-commerce-node', refusesNonJson: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 1,
      scheduled_for: '2025-10-09T08:53:20Z',
      attempt_number: 1,
      event: {
        id: '24934862-d980-46cb-9402-43c81b0cdba6',
        resource: 'event',
        type: 'charge:confirmed',
        api_version: '2018-03-22',
        created_at: '2025-10-09T08:53:20Z',
        data: { code: '66BEOV2A', name: 'Order 1042', pricing_type: 'fixed_price' },
      },
    },
  },
  quirks: [
    'The SDK parses the body first and refuses one without an event member.',
    'The newer Coinbase platform signs with the Hook0 scheme instead.',
  ],
}
