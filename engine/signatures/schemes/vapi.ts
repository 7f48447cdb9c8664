import type { Scheme } from '#contract/scheme.ts'

/** Vapi. Source: the configuration in @trigger.dev/core. */
export const vapi: Scheme = {
  id: 'vapi',
  name: 'Vapi',
  documentationUrl: 'https://docs.vapi.ai/server-url/server-authentication',
  confidence: { kind: 'third-party', by: '@trigger.dev/core' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the HMAC credential chosen for the server URL (Vapi dashboard)',
  signature: { place: { header: 'X-Vapi-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'message.type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-vapi-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      message: {
        type: 'status-update',
        status: 'ended',
        timestamp: 1760000000000,
        call: { id: '7420f27a-30fd-4f49-a995-5549ae7cc00d', type: 'webCall' },
      },
    },
  },
  quirks: ['A plain token in X-Vapi-Secret may be used instead; this scheme does not read it.'],
}
