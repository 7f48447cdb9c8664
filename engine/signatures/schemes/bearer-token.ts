import type { Scheme } from '#contract/scheme.ts'

/** A plain token after “Bearer ” (RFC 6750, section 2.1), as Supabase, RevenueCat and others send. */
export const bearerToken: Scheme = {
  id: 'bearer-token',
  name: 'Bearer token (Supabase, RevenueCat and others)',
  documentationUrl: 'https://www.rfc-editor.org/rfc/rfc6750',
  confidence: { kind: 'third-party', by: '@trigger.dev/core 4.8.3' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint:
    'the token that you set as Authorization header at the sender, without the word Bearer',
  signature: { place: { header: 'Authorization' }, encoding: 'text', prefix: 'Bearer ' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    signaturePattern: '^Bearer ',
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'INSERT',
      table: 'orders',
      schema: 'public',
      record: { id: 1042, status: 'paid', total: 4200 },
      old_record: null,
    },
  },
  quirks: [
    'Nothing is signed: the token shows that the sender knows it, and says nothing about the body.',
    'The word Bearer is compared as it is, although HTTP lets its case vary.',
  ],
}
