import type { Scheme } from '#contract/scheme.ts'

/** Upstash QStash: a JWT (HS256) over URL and body. Source: upstash.com/docs/qstash and @upstash/qstash 2.12.0. */
export const qstash: Scheme = {
  id: 'qstash',
  name: 'Upstash QStash',
  documentationUrl: 'https://upstash.com/docs/qstash/howto/signature',
  confidence: { kind: 'sdk-run', by: '@upstash/qstash 2.12.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'QSTASH_CURRENT_SIGNING_KEY (sig_…; Upstash Console, QStash, Signing keys); not QSTASH_TOKEN',
  secretPrefix: 'sig_',
  settings: [
    {
      name: 'nextSigningKey',
      label: 'Next signing key',
      hint: 'QSTASH_NEXT_SIGNING_KEY, beside the current one in the console',
      kind: 'secret',
      required: false,
      alsoKey: true,
    },
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'the address as QStash calls it, when a proxy or tunnel stands between',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'Upstash-Signature' }, encoding: 'base64url' },
  timestamp: null,
  messageId: { header: 'Upstash-Message-Id' },
  newMessageId: { prefix: 'msg_' },
  eventType: [],
  content: '',
  jwt: {
    issuer: 'Upstash',
    subjectIsUrl: true,
    body: { claim: 'body', encoding: 'base64url' },
    times: 'exp-nbf',
    lifetimeSeconds: 300,
  },
  tolerance: null,
  recognition: { headers: ['upstash-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Upstash-QStash (countersign test)'],
      ['Upstash-Retried', '0'],
    ],
    body: { job: 'send-receipt', orderId: 1042 },
  },
  quirks: [
    'The header is a JWT (HS256) that expires five minutes after it was issued.',
    'Two keys are tried: the current one, then the next.',
    'sub must be the URL that was called. Behind a tunnel, set the public URL.',
    'The body claim is the SHA-256 of the body in base64url.',
  ],
}
