import type { Scheme } from '#contract/scheme.ts'

/** Stripe. Source: docs.stripe.com/webhooks/signature and stripe 23.1.0. */
export const stripe: Scheme = {
  id: 'stripe',
  name: 'Stripe',
  documentationUrl: 'https://docs.stripe.com/webhooks/signature',
  confidence: { kind: 'sdk-run', by: 'stripe 23.1.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the whole whsec_… text of this endpoint (Workbench, Webhooks), not an sk_… API key',
  secretPrefix: 'whsec_',
  signature: {
    place: { header: 'Stripe-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    // stripe-node assigns `t` anew for every entry of that name.
    repeatedField: 'last',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: null },
  recognition: { headers: ['stripe-signature'], confidence: 'certain' },
  sdk: {
    name: 'stripe',
    timestampParsing: 'parseInt',
    refusesEmptyBody: true,
    refusesNonJson: true,
    decodesBody: true,
    dropsByteOrderMark: true,
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Stripe/1.0 (countersign test)'],
      ['Accept', '*/*'],
    ],
    body: {
      id: 'evt_1SGcountersignTest',
      object: 'event',
      api_version: '2025-09-30.clover',
      created: 1760000000,
      type: 'invoice.paid',
      livemode: false,
      data: {
        object: { id: 'in_1SGexample', object: 'invoice', amount_paid: 4200, currency: 'eur' },
      },
    },
  },
  quirks: [
    'The secret is used as text, whsec_ included; it is not base64-decoded.',
    'Only old timestamps are refused; a future one passes.',
    'Test mode adds a v0 entry, which is ignored.',
    'Each endpoint has its own secret; the CLI’s stripe listen prints yet another.',
  ],
}
