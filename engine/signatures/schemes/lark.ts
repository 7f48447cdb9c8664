import type { Scheme } from '#contract/scheme.ts'

/** Lark and Feishu events. From general knowledge; not confirmed by a source. */
export const lark: Scheme = {
  id: 'lark',
  name: 'Lark / Feishu',
  documentationUrl: 'https://open.larksuite.com/document/home/index',
  confidence: { kind: 'sdk-run', by: '@larksuiteoapi/node-sdk 1.22.0' },
  algorithm: 'sha256',
  key: 'utf8',
  secretHint:
    'the Encrypt Key of the app (Developer Console, Events and Callbacks, Encryption Strategy), not the Verification Token',
  signature: { place: { header: 'X-Lark-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Lark-Request-Timestamp' }, unit: 's' },
  messageId: { json: 'header.event_id' },
  eventType: [{ json: 'header.event_type' }],
  content: '{timestamp}{header:X-Lark-Request-Nonce}{secret}{body}',
  tolerance: null,
  challenges: [
    {
      name: 'URL verification',
      when: { methods: ['POST'], json: { path: 'type', value: 'url_verification' } },
      signed: false,
      answer: {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: '{"challenge":"{json:challenge}"}',
      },
      sentence: 'Lark asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['x-lark-signature'], confidence: 'certain' },
  sdk: { name: '@larksuiteoapi/node-sdk', reserialises: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['X-Lark-Request-Nonce', '1472583690'],
    ],
    body: {
      schema: '2.0',
      header: {
        event_id: '5e3702a84e847582be8db7fb73283c02',
        event_type: 'im.message.receive_v1',
        create_time: '1760000000000',
        tenant_key: '2ca1d211f64f6438',
        app_id: 'cli_9f5343c580712544',
      },
      event: {
        message: {
          message_id: 'om_5ce6d572455d361153b7cb51da133945',
          message_type: 'text',
          content: '{"text":"Hello"}',
        },
      },
    },
  },
  quirks: [
    'A plain SHA-256 of timestamp, nonce, Encrypt Key and body, not an HMAC.',
    'Events may arrive AES-encrypted; the body as sent is what is signed.',
    'An encrypted url_verification request hides its challenge and is not answered.',
  ],
}
