import type { Scheme } from '#contract/scheme.ts'

/** Cloudflare Stream. Source: developers.cloudflare.com/stream/webhooks. */
export const cloudflareStream: Scheme = {
  id: 'cloudflare-stream',
  name: 'Cloudflare Stream',
  documentationUrl: 'https://developers.cloudflare.com/stream/webhooks',
  confidence: { kind: 'documentation', by: 'Cloudflare’s page on Stream webhooks' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'result.secret of the API answer in which the webhook was subscribed',
  signature: {
    place: { header: 'Webhook-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'sig1',
  },
  timestamp: { place: { field: 'time' }, unit: 's' },
  messageId: { json: 'uid' },
  eventType: [{ json: 'status.state' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: {
    headers: ['webhook-signature'],
    signaturePattern: '^time=\\d+,\\s*sig1=',
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      uid: '6b9e68b07dfee8cc2d116e4c51d6a958',
      readyToStream: true,
      status: { state: 'ready', pctComplete: '100.000000' },
      created: '2025-10-09T08:50:00.000000Z',
      duration: 42.5,
    },
  },
  quirks: [
    'The fields are called time and sig1, not t and v1.',
    'How old a delivery may be is left to the receiver.',
    'The message id is the video’s, so its later states share it.',
  ],
}
