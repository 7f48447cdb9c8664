import type { Scheme } from '#contract/scheme.ts'

/** Twilio with a JSON body. Source: twilio.com/docs/usage/security and twilio 6.2.0. */
export const twilioJson: Scheme = {
  id: 'twilio-json',
  name: 'Twilio (JSON body, bodySHA256)',
  documentationUrl: 'https://www.twilio.com/docs/usage/security',
  confidence: { kind: 'sdk-run', by: 'twilio 6.2.0' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the account’s auth token (Console, Account Info); not an API key secret (SK…)',
  secretPattern: '^[0-9a-f]{32}$',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'the address as Twilio calls it, when a proxy or tunnel stands between',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'X-Twilio-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { header: 'I-Twilio-Idempotency-Token' },
  newMessageId: 'uuid',
  eventType: [{ json: '[].type' }, { json: 'EventType' }],
  content: 'special:url-candidates',
  bodyHash: { place: { query: 'bodySHA256' }, digest: 'sha256', encoding: 'hex' },
  tolerance: null,
  recognition: {
    headers: ['x-twilio-signature'],
    query: ['bodySHA256'],
    confidence: 'certain',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'TwilioProxy/1.1 (countersign test)'],
    ],
    body: [
      {
        specversion: '1.0',
        type: 'com.twilio.messaging.message.delivered',
        source: '/2010-04-01/Accounts/ACexample/Messages/SMexample.json',
        id: 'EZ88882df3f1f46f25abac675d8b8d78b8',
        datacontenttype: 'application/json',
        time: '2025-10-09T08:53:20.000Z',
        data: { messageSid: 'SMexample', messageStatus: 'DELIVERED', to: '+15550001042' },
      },
    ],
  },
  quirks: [
    'The HMAC covers the URL only; the body is covered through its SHA-256 in the query, bodySHA256.',
    'The URL is tried with and without the standard port, as the SDK does.',
    'Behind a proxy or tunnel, set the public URL.',
  ],
}
