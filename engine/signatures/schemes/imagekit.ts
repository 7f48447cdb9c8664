import type { Scheme } from '#contract/scheme.ts'

/** ImageKit, the older header. Source: imagekit 6.0.0. */
export const imagekit: Scheme = {
  id: 'imagekit',
  name: 'ImageKit',
  documentationUrl: 'https://imagekit.io/docs/webhooks',
  confidence: { kind: 'sdk-run', by: 'imagekit 6.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the whole whsec_… text of the webhook (Developer options, Webhooks)',
  secretPrefix: 'whsec_',
  signature: {
    place: { header: 'x-ik-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['x-ik-signature'], confidence: 'certain' },
  sdk: { name: 'imagekit', tries: 'first' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'video.transformation.ready',
      id: '58e6d24d-6098-4319-be8d-40c3cb0a402d',
      created_at: '2025-10-09T08:53:20.000Z',
      data: { asset: { url: 'https://ik.imagekit.io/example/sample.mp4' } },
    },
  },
  quirks: [
    'The secret is used as text, whsec_ included; it is not base64-decoded.',
    'The timestamp is in milliseconds; no clock is checked.',
    'The newer SDK (@imagekit/nodejs 7) reads Standard Webhooks headers with the whole secret text as the key, as Polar does.',
  ],
}
