import type { Scheme } from '#contract/scheme.ts'

/** LINE Messaging API. Source: @line/bot-sdk 11.2.0. */
export const line: Scheme = {
  id: 'line',
  name: 'LINE',
  documentationUrl: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/',
  confidence: { kind: 'sdk-run', by: '@line/bot-sdk 11.2.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the channel secret (LINE Developers Console, the channel’s Basic settings), not the channel access token',
  secretPattern: '^[0-9a-f]{32}$',
  signature: { place: { header: 'x-line-signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'events[].webhookEventId' },
  eventType: [{ json: 'events[].type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-line-signature'], confidence: 'certain' },
  sdk: { name: '@line/bot-sdk', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'LineBotWebhook/2.0 (countersign test)'],
    ],
    body: {
      destination: 'U00000000000000000000000000000001',
      events: [
        {
          type: 'message',
          webhookEventId: '01H8XQZ4M5N6P7R8S9T0V1W2X3',
          timestamp: 1760000000000,
          mode: 'active',
          deliveryContext: { isRedelivery: false },
          source: { type: 'user', userId: 'U00000000000000000000000000000002' },
          message: { id: '468789577898262530', type: 'text', text: 'こんにちは' },
        },
      ],
    },
  },
  quirks: [
    'The Verify button sends an empty events array.',
    'The SDK compares decoded bytes: missing padding and URL-safe base64 pass there.',
  ],
}
