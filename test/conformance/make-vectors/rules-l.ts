import { createHash } from 'node:crypto'
import { hmacRule, iso, milliseconds, saying, seconds, tokenCases } from './hmac-rule.ts'
import type { Message, Rule } from './rule.ts'

const NONCE = '1472583690'
const BOTH_WAYS = { past: 300, future: 300 }
const afterPrefix = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64')
const whsec = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`

const lark = hmacRule('lark', 'Lark / Feishu', 'X-Lark-Signature', {
  secretForm: 'the Encrypt Key as text; part of what is hashed',
  algorithm: 'sha256',
  headers: [['X-Lark-Request-Nonce', NONCE]],
  keepsHeaders: ['X-Lark-Request-Nonce'],
  timestamp: { header: 'X-Lark-Request-Timestamp', ...seconds },
  content: ({ timestamp, secret, body }) => [timestamp, NONCE, secret, body],
  notes: ['From general knowledge: no verifier of the provider was run.'],
  extra: [
    {
      kind: 'tampered-nonce',
      title: 'The nonce was changed after signing',
      expected: 'reject',
      after: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) => [name, value === NONCE ? '1' : value]),
      }),
    },
  ],
})

const liveblocks = hmacRule('liveblocks', 'Liveblocks', 'webhook-signature', {
  secretForm: 'base64 after “whsec_”',
  secret: whsec('liveblocks-key-000000001'),
  otherSecret: whsec('liveblocks-key-000000002'),
  key: afterPrefix,
  encoding: 'base64',
  prefix: 'v1,',
  several: true,
  write: (signatures) => signatures.join(' '),
  id: { header: 'webhook-id', value: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' },
  timestamp: { header: 'webhook-timestamp', ...seconds },
  content: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
  tolerance: BOTH_WAYS,
})

const livekitClaims = ({ unixMs, settings, body }: Message) => ({
  iss: settings.apiKey,
  nbf: Math.floor(unixMs / 1000),
  exp: Math.floor(unixMs / 1000) + 300,
  sha256: createHash('sha256').update(body).digest('base64'),
})

const livekit: Rule = {
  scheme: 'livekit',
  provider: 'LiveKit',
  secretForm: 'the API secret as text',
  algorithm: 'jwt-hs256',
  secret: 'livekit-api-secret-0001',
  otherSecret: 'livekit-api-secret-0002',
  settings: { apiKey: 'APItest0001' },
  claims: livekitClaims,
  place: { header: 'Authorization' },
  timestamp: seconds,
  tolerance: { past: 309, future: 10 },
  notes: [
    'A token is good from nbf until exp, 300 s later; the SDK allows the clock 10 s of difference.',
  ],
  extra: [
    ...tokenCases,
    {
      kind: 'wrong-issuer',
      title: 'A token of another API key',
      expected: 'reject',
      before: (message) => ({ ...message, settings: { apiKey: 'APItest0002' } }),
    },
    {
      kind: 'surrounding-text',
      title: 'With “Bearer ” before the token',
      expected: 'reject',
      value: (token) => `Bearer ${token}`,
    },
  ],
}

const NOW_MS = 1_765_432_100_000
const lovable = hmacRule('lovable', 'Lovable', 'X-Lovable-Signature', {
  prefix: 'sha256=',
  timestamp: { header: 'X-Lovable-Timestamp', ...seconds },
  content: ({ timestamp, body }) => [`${timestamp}.`, body],
  tolerance: BOTH_WAYS,
  extra: [
    {
      kind: 'timestamp-milliseconds',
      title: 'The timestamp in milliseconds',
      expected: 'accept',
      before: saying(milliseconds.text(NOW_MS), 'X-Lovable-Timestamp'),
    },
    {
      kind: 'timestamp-iso8601',
      title: 'The timestamp as an ISO 8601 text',
      expected: 'accept',
      before: saying(iso.text(NOW_MS), 'X-Lovable-Timestamp'),
    },
    {
      kind: 'timestamp-not-a-number',
      title: 'Something else as timestamp',
      expected: 'reject',
      before: saying('yesterday', 'X-Lovable-Timestamp'),
    },
  ],
})

/** The schemes from lark to lovable. */
export const rules: Rule[] = [
  lark,
  hmacRule('line', 'LINE', 'X-Line-Signature', { encoding: 'base64' }),
  liveblocks,
  livekit,
  lovable,
]
