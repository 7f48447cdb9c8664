import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/**
 * Standard Webhooks with Ed25519. Source: the specification at standardwebhooks.com and the test
 * vector in the Svix server’s source.
 */
export const standardWebhooksV1a: Scheme = {
  id: 'standard-webhooks-v1a',
  name: 'Standard Webhooks (v1a, Ed25519)',
  documentationUrl:
    'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  confidence: {
    kind: 'documentation',
    by: 'the specification and the Svix server’s test vector; judged with tweetnacl 1.0.3',
  },
  algorithm: 'ed25519',
  key: 'public-key',
  secretHint:
    'the sender’s public key (whpk_…), from the endpoint’s page in the sender’s webhook settings; not a whsec_… secret',
  secretPrefix: 'whpk_',
  ...webhookHeaders,
  signature: { ...webhookHeaders.signature, version: 'v1a' },
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-id', 'webhook-timestamp'],
    signaturePattern: '^v1a,[^ ]+( v1a,[^ ]+)*$',
    confidence: 'likely',
    certainWith: ['webhook-signature'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'order.paid',
      timestamp: '2025-10-09T08:53:20.000Z',
      data: { id: 'ord_1042', total: 4200, currency: 'EUR' },
    },
  },
  quirks: [
    'v1 and v1a entries may stand side by side; only v1a is checked here.',
    'The specification gives no tolerance; 300 s both ways is what the library for v1 uses.',
    'The sender holds whsk_ and the base64 of the 64-byte secret key; a receiver can not sign. Use a test key pair.',
  ],
}
