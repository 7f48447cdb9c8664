import type { Scheme } from '#contract/scheme.ts'

/** Hook0, which Coinbase CDP sends through. Source: hook0-client 1.1.0. */
export const hook0: Scheme = {
  id: 'hook0',
  name: 'Hook0 (also Coinbase CDP)',
  documentationUrl: 'https://documentation.hook0.com/tutorials/webhook-authentication',
  confidence: { kind: 'sdk-run', by: 'hook0-client 1.1.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the subscription, as shown where it was created',
  signature: {
    place: { header: 'X-Hook0-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    // Its package assigns every entry anew.
    repeatedField: 'last',
    trim: true,
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { header: 'X-Event-Id' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Event-Type' }],
  content: 'special:hook0-headers',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['x-hook0-signature'], confidence: 'certain' },
  sdk: { name: 'hook0-client', tries: 'last' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Event-Type', 'billing.invoice.paid'],
    ],
    body: { invoice: 'inv_0001', amount: 4200, currency: 'eur', paid: true },
  },
  quirks: [
    'h lists the signed headers, separated by spaces; their values are joined with dots.',
    'An older v0 signature covers only the timestamp and the body; it is not checked here.',
  ],
}
