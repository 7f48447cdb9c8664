import type { Scheme } from '#contract/scheme.ts'

/** Vonage. Source: the SDK for the token, the trigger.dev catalogue for the rest. */
export const vonage: Scheme = {
  id: 'vonage',
  name: 'Vonage',
  documentationUrl: 'https://developer.vonage.com/en/getting-started/concepts/webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signature secret of the account (Vonage API dashboard, Settings), not the API secret',
  signature: { place: { header: 'Authorization' }, encoding: 'base64url', prefix: 'Bearer ' },
  timestamp: null,
  messageId: { claim: 'jti' },
  eventType: [{ json: 'message_type' }, { json: 'status' }],
  content: '',
  jwt: { body: { claim: 'payload_hash', encoding: 'hex' }, times: 'iat' },
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    signaturePattern: '^(Bearer )?[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    json: ['message_uuid', 'channel'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      channel: 'sms',
      message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
      to: '15550100002',
      from: '15550100001',
      timestamp: '2025-10-09T08:53:20Z',
      message_type: 'text',
      text: 'Hello',
    },
  },
  quirks: [
    'The SDK checks the token but not payload_hash; here the hash must match too.',
    'How old a token may be is the receiver’s choice.',
  ],
}
