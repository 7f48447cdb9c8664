import type { Scheme } from '#contract/scheme.ts'

/** EasyPost. Source: @easypost/api 8.9.0. */
export const easypost: Scheme = {
  id: 'easypost',
  name: 'EasyPost',
  documentationUrl: 'https://docs.easypost.com/guides/webhooks-guide',
  confidence: { kind: 'sdk-run', by: '@easypost/api 8.9.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8-nfkd',
  secretHint: 'the webhook secret that you set when you created the webhook',
  signature: {
    place: { header: 'X-Hmac-Signature' },
    encoding: 'hex',
    prefix: 'hmac-sha256-hex=',
  },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'description' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hmac-signature'],
    signaturePattern: '^hmac-sha256-hex=',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'evt_88c50ee2a4e211f09d3b3cecef1b359e',
      object: 'Event',
      description: 'tracker.updated',
      mode: 'test',
      status: 'pending',
      result: { id: 'trk_example0001', object: 'Tracker', status: 'in_transit', weight: 17.6 },
    },
  },
  quirks: [
    'The secret is Unicode-normalised (NFKD) before use; that matters for letters beyond ASCII.',
    'The SDK rewrites whole-number weight values in the body before checking; the raw bytes are signed.',
  ],
}
