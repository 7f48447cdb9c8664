import type { Scheme } from '#contract/scheme.ts'

/** MessageBird, now Bird. Source: messagebird 4.0.1. */
export const messagebird: Scheme = {
  id: 'messagebird',
  name: 'MessageBird / Bird',
  documentationUrl: 'https://developers.messagebird.com/api/',
  confidence: { kind: 'sdk-run', by: 'messagebird 4.0.1' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing key of the account (MessageBird dashboard, Developers settings), not an access key',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'The address as MessageBird calls it, when a proxy or tunnel stands between.',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'MessageBird-Signature-JWT' }, encoding: 'base64url' },
  timestamp: null,
  messageId: { claim: 'jti' },
  eventType: [{ json: 'type' }],
  content: '',
  jwt: {
    issuer: 'MessageBird',
    body: { claim: 'payload_hash', encoding: 'hex' },
    urlHashClaim: 'url_hash',
    times: 'exp-nbf',
    lifetimeSeconds: 60,
  },
  tolerance: { pastSeconds: 5, futureSeconds: 5 },
  recognition: { headers: ['messagebird-signature-jwt'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'message.created',
      message: {
        id: 'f7e3a1c09b5d4e2fa8c6',
        conversationId: '2e15efafec384e1c82e9842075e87beb',
        channelId: '619747f69cf940a98fb443140ce9aed2',
        direction: 'received',
        status: 'received',
        content: { text: 'Hello' },
      },
    },
  },
  quirks: [
    'The URL is signed too, as its digest in the claim url_hash.',
    'The SDK allows the clock five seconds of difference.',
  ],
}
