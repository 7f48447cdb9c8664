import type { Scheme } from '#contract/scheme.ts'

/** The starting point of the scheme editor: an HMAC over the body, as most home-made senders do it. */
export const custom: Scheme = {
  id: 'custom',
  name: 'Custom HMAC',
  documentationUrl: 'https://datatracker.ietf.org/doc/html/rfc2104',
  confidence: { kind: 'unconfirmed', by: 'a starting point; your sender decides' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret that you gave to the sender, as text',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: { id: 'evt_0001', type: 'example.created', data: { amount: 4200, currency: 'eur' } },
  },
  quirks: [
    'This is a starting point for n8n, Make, Zapier and home-made senders: HMAC-SHA256 over the raw body, in hex, in X-Signature.',
    'Copy it in the scheme editor to change the algorithm, key, signed text, header, prefix, encoding, timestamp or tolerance.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
