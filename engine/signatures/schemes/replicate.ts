import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** Replicate. Source: replicate 1.4.0. */
export const replicate: Scheme = {
  id: 'replicate',
  name: 'Replicate',
  documentationUrl: 'https://replicate.com/docs/topics/webhooks/verify-webhook',
  confidence: { kind: 'sdk-run', by: 'replicate 1.4.0' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-last-underscore',
  secretHint:
    'the whsec_… signing secret of the account, as the API returns it for the default webhook',
  secretPrefix: 'whsec_',
  ...webhookHeaders,
  tolerance: null,
  eventType: [{ json: 'status' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-timestamp', 'webhook-id'],
    signaturePattern: '^v1,',
    json: ['version', 'status', 'urls.get', 'urls.cancel'],
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'ufawqhfynnddngldkgtslldrkq',
      model: 'example/hello-world',
      version: '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa',
      input: { text: 'Alice' },
      output: 'hello Alice',
      error: null,
      status: 'succeeded',
      created_at: '2025-10-09T08:53:19.000Z',
      urls: {
        cancel: 'https://api.replicate.test/v1/predictions/ufawqhfynnddngldkgtslldrkq/cancel',
        get: 'https://api.replicate.test/v1/predictions/ufawqhfynnddngldkgtslldrkq',
      },
    },
  },
  quirks: [
    'The SDK does not look at the clock; the documentation advises checking the age yourself.',
    'The SDK accepts any version tag before the comma; here only v1 counts.',
    'The key is what follows the last underscore of the secret.',
  ],
}
