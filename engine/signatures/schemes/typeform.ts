import type { Scheme } from '#contract/scheme.ts'

/** Typeform. Source: the trigger node of n8n-nodes-base 2.41.2. */
export const typeform: Scheme = {
  id: 'typeform',
  name: 'Typeform',
  documentationUrl: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret you entered for the webhook (the form’s Connect, Webhooks)',
  signature: { place: { header: 'Typeform-Signature' }, encoding: 'base64', prefix: 'sha256=' },
  timestamp: null,
  messageId: { json: 'event_id' },
  eventType: [{ json: 'event_type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['typeform-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Typeform Webhooks (countersign test)'],
    ],
    body: {
      event_id: '01H8XQZ4M5N6P7R8S9T0V1W2X3',
      event_type: 'form_response',
      form_response: {
        form_id: 'lT4Z3j',
        token: 'a3a12ec67a1365927098a606107fac15',
        submitted_at: '2025-10-09T08:53:20Z',
        definition: { id: 'lT4Z3j', title: 'Sample form', fields: [] },
        answers: [],
      },
    },
  },
  quirks: ['A sha256= prefix, but base64 after it instead of hex.'],
}
