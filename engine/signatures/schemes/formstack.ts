import type { Scheme } from '#contract/scheme.ts'

/** Formstack. Source: the trigger node of n8n-nodes-base. */
export const formstack: Scheme = {
  id: 'formstack',
  name: 'Formstack',
  documentationUrl: 'https://developers.formstack.com/docs/webhook-setup',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the HMAC key of the webhook (form settings, Emails & Actions, Webhook)',
  signature: { place: { header: 'X-FS-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { json: 'UniqueID' },
  eventType: [],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-fs-signature'],
    signaturePattern: '^sha256=[0-9a-f]{64}$',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      FormID: '4210042',
      UniqueID: '987654321',
      'Full Name': { first: 'Ada', last: 'Example' },
      Email: 'ada@example.test',
    },
  },
  quirks: [
    'Deliveries are forms or JSON, whichever the webhook is set to; the raw bytes are signed.',
    'A shared key can also be sent as a field of the body; that one is not a signature.',
  ],
}
