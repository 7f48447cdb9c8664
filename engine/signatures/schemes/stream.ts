import type { Scheme } from '#contract/scheme.ts'

/** Stream Chat. Source: stream-chat 9.53.0. */
export const stream: Scheme = {
  id: 'stream',
  name: 'Stream (Chat)',
  documentationUrl: 'https://getstream.io/chat/docs/node/webhooks_overview/',
  confidence: { kind: 'sdk-run', by: 'stream-chat 9.53.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the API secret of the app (Stream dashboard)',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'X-Webhook-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['type', 'created_at'],
    confidence: 'possible',
    certainWith: ['x-webhook-id'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Api-Key', 'countersigntest'],
      ['X-Webhook-Attempt', '1'],
    ],
    body: {
      type: 'message.new',
      cid: 'messaging:fun',
      channel_id: 'fun',
      channel_type: 'messaging',
      message: {
        id: 'fff0d7c0-60bd-4835-833b-3843007817bf',
        text: 'Hello',
        user: { id: 'jlahey' },
      },
      created_at: '2025-10-09T08:53:20.000Z',
    },
  },
  quirks: [
    'The key is the API secret.',
    'A compressed body is signed as it was before compression.',
  ],
}
