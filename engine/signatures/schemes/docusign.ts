import type { Scheme } from '#contract/scheme.ts'

/** DocuSign Connect. Source: developers.docusign.com (Connect HMAC); trigger.dev and nuxt-webhook-validators. */
export const docusign: Scheme = {
  id: 'docusign',
  name: 'DocuSign Connect',
  documentationUrl: 'https://developers.docusign.com/platform/webhooks/connect/hmac/',
  confidence: {
    kind: 'third-party',
    by: 'trigger.dev; nuxt-webhook-validators; run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the Connect HMAC key (Settings, Connect, Connect Keys); it looks like base64 but is used as text',
  signature: {
    place: { header: 'X-DocuSign-Signature-1' },
    // An account may have 100 active keys, each with a header of its own number.
    further: Array.from({ length: 99 }, (_, index) => `X-DocuSign-Signature-${index + 2}`),
    encoding: 'base64',
  },
  timestamp: null,
  messageId: { parts: [{ json: 'data.envelopeId' }, { json: 'event' }], joint: ':' },
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-docusign-signature-1'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      event: 'envelope-completed',
      apiVersion: 'v2.1',
      retryCount: 0,
      configurationId: 10105839,
      generatedDateTime: '2025-10-09T08:53:20.000Z',
      data: {
        accountId: '74830914-547328-5432-example',
        envelopeId: '34e5cd6e-1234-4d72-9b5f-0123456789ab',
        envelopeSummary: { status: 'completed', emailSubject: 'Contract 1042' },
      },
    },
  },
  quirks: [
    'The key looks like base64, but it is used as text.',
    'One header per active key, numbered from 1 to at most 100; one match is enough.',
  ],
}
