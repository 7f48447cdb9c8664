import type { Scheme } from '#contract/scheme.ts'

/** MailChannels. Source: RFC 9421 (HTTP Message Signatures) and nuxt-webhook-validators. */
export const mailchannels: Scheme = {
  id: 'mailchannels',
  name: 'MailChannels',
  documentationUrl: 'https://docs.mailchannels.net/email-api/advanced/delivery-events/',
  confidence: { kind: 'third-party', by: 'nuxt-webhook-validators' },
  algorithm: 'ed25519',
  key: 'public-key',
  secretHint: 'the Ed25519 public key with the keyid that Signature-Input names',
  keySource: {
    host: 'api.mailchannels.net',
    sentence: 'Fetch the key from the Email API by its keyid and paste it here.',
  },
  signature: { place: { header: 'Signature' }, encoding: 'base64' },
  timestamp: { place: { field: 'created' }, unit: 's' },
  messageId: null,
  eventType: [{ json: '[].event' }],
  content: 'special:http-message-signature',
  bodyHash: {
    place: { header: 'Content-Digest' },
    digest: 'sha256',
    encoding: 'base64',
    prefix: 'sha-256=:',
    suffix: ':',
  },
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: {
    headers: ['content-digest', 'signature-input', 'signature'],
    confidence: 'possible',
    json: ['[].event'],
    userAgent: 'MailChannels',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: [
      {
        email: 'sender@example.test',
        customer_handle: 'countersign',
        timestamp: 1760000000,
        event: 'delivered',
        request_id: 'countersign-test',
      },
    ],
  },
  quirks: [
    'The body is covered only through Content-Digest (SHA-256); both must be right.',
    'The signed text is the signature base of RFC 9421, not the body.',
  ],
}
