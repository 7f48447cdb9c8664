import { createHash } from 'node:crypto'
import { ed25519, otherEd25519, otherRsa, rsa } from './keys.ts'
import type { Rule } from './rule.ts'

export const publicKeyRules: Rule[] = [
  {
    scheme: 'fal',
    provider: 'fal.ai',
    secretForm: 'an Ed25519 public key: 32 bytes in hex or base64, or a JWK',
    algorithm: 'ed25519',
    secret: ed25519.hex,
    otherSecret: otherEd25519.hex,
    signingKeys: { [ed25519.hex]: ed25519.pkcs8, [otherEd25519.hex]: otherEd25519.pkcs8 },
    place: { header: 'X-Fal-Webhook-Signature' },
    headers: [['X-Fal-Webhook-User-Id', 'example-user-0001']],
    keepsHeaders: ['x-fal-webhook-user-id'],
    content: ({ id, timestamp, body }) => [
      [id, 'example-user-0001', timestamp, sha256(body)].join('\n'),
    ],
    timestamp: { header: 'X-Fal-Webhook-Timestamp', text: (unixMs) => String(unixMs / 1000) },
    id: { header: 'X-Fal-Webhook-Request-Id', value: '123e4567-e89b-12d3-a456-426614174000' },
    tolerance: { past: 300, future: 300 },
    extra: [
      {
        kind: 'key-jwk',
        title: 'The public key as JWK',
        expected: 'accept',
        judgeWith: JSON.stringify({
          kty: 'OKP',
          crv: 'Ed25519',
          x: Buffer.from(ed25519.hex, 'hex').toString('base64url'),
        }),
      },
      {
        kind: 'key-base64',
        title: 'The public key as 32 bytes in base64',
        expected: 'accept',
        judgeWith: Buffer.from(ed25519.hex, 'hex').toString('base64'),
      },
      {
        kind: 'signed-header-changed',
        title: 'Another user id than was signed',
        expected: 'reject',
        after: (request) => ({
          ...request,
          headers: request.headers.map(([name, value]) => [
            name,
            name === 'X-Fal-Webhook-User-Id' ? 'example-user-0002' : value,
          ]),
        }),
      },
    ],
  },
  {
    scheme: 'kick',
    provider: 'Kick',
    secretForm: 'an RSA public key in PEM',
    algorithm: 'rsa-sha256',
    secret: rsa.pem,
    otherSecret: otherRsa.pem,
    signingKeys: { [rsa.pem]: rsa.pkcs8, [otherRsa.pem]: otherRsa.pkcs8 },
    place: { header: 'Kick-Event-Signature' },
    headers: [
      ['Kick-Event-Type', 'channel.followed'],
      ['Kick-Event-Version', '1'],
    ],
    content: ({ id, timestamp, body }) => [id, '.', timestamp, '.', body],
    encoding: 'base64',
    tolerance: null,
    timestamp: {
      header: 'Kick-Event-Message-Timestamp',
      text: (unixMs) => new Date(unixMs).toISOString().replace('.000Z', 'Z'),
    },
    id: { header: 'Kick-Event-Message-Id', value: '01JEXAMPLE0000000000000001' },
    extra: [
      {
        kind: 'wrong-algorithm',
        title: 'SHA-1 in place of SHA-256',
        expected: 'reject',
        algorithm: 'rsa-sha1',
      },
    ],
  },
]

function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}
