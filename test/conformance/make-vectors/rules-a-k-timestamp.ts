import { compactJson, jsonBodies, oddJson, textBody } from './bodies.ts'
import type { Case, Rule } from './rule.ts'

const seconds = (unixMs: number) => String(unixMs / 1000)
const milliseconds = (unixMs: number) => String(unixMs)

/** An HMAC-SHA256 over a text with a timestamp. */
function stamped(
  rule: Pick<Rule, 'scheme' | 'provider' | 'place' | 'content' | 'timestamp'> & Partial<Rule>,
): Rule {
  return {
    secretForm: 'text, used as it is',
    algorithm: 'hmac-sha256',
    secret: `${rule.scheme}-secret-5d0c41a7`,
    otherSecret: `${rule.scheme}-secret-00000000`,
    bodies: jsonBodies,
    tolerance: null,
    ...rule,
  }
}

/** A header such as `t=…,v1=…` over timestamp, dot, body. */
function listed(
  rule: Pick<Rule, 'scheme' | 'provider' | 'place'> & Partial<Rule>,
  time: string,
  prefix: string,
  text: (unixMs: number) => string,
): Rule {
  return stamped({
    content: ({ timestamp, body }) => [timestamp, '.', body],
    prefix,
    write: (signatures, { timestamp }) => [`${time}=${timestamp}`, ...signatures].join(','),
    several: true,
    timestamp: { text },
    ...rule,
    extra: [
      {
        kind: 'no-timestamp',
        title: `Without ${time}=`,
        expected: 'reject',
        value: (value) => value.slice(value.indexOf(',') + 1),
      },
      ...(rule.extra ?? []),
    ],
  })
}

const whsec = (name: string) => `whsec_${Buffer.from(name).toString('base64')}`
const svixNames: Case = {
  kind: 'svix-header-names',
  title: 'The headers are called svix-*',
  expected: 'accept',
  after: (request) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [name.replace(/^webhook-/, 'svix-'), value]),
  }),
}

export const timestampRules: Rule[] = [
  listed(
    { scheme: 'buildkite', provider: 'Buildkite', place: { header: 'X-Buildkite-Signature' } },
    'timestamp',
    'signature=',
    seconds,
  ),
  listed(
    {
      scheme: 'cloudflare-stream',
      provider: 'Cloudflare Stream',
      place: { header: 'Webhook-Signature' },
    },
    'time',
    'sig1=',
    seconds,
  ),
  listed(
    {
      scheme: 'elevenlabs',
      provider: 'ElevenLabs',
      place: { header: 'ElevenLabs-Signature' },
      tolerance: { past: 1800, future: null },
    },
    't',
    'v0=',
    seconds,
  ),
  listed(
    {
      scheme: 'imagekit',
      provider: 'ImageKit',
      secretForm: 'the whole whsec_… text, not decoded',
      secret: whsec('imagekit test secret one'),
      otherSecret: whsec('imagekit test secret two'),
      place: { header: 'x-ik-signature' },
      extra: [
        {
          kind: 'secret-base64-decoded',
          title: 'The secret decoded from base64 after whsec_',
          expected: 'reject',
          key: (secret) => Buffer.from(secret.slice(6), 'base64'),
        },
      ],
    },
    't',
    'v1=',
    milliseconds,
  ),
  listed(
    {
      scheme: 'langfuse',
      provider: 'Langfuse',
      secretForm: 'the whole lf-whsec_… text, not decoded',
      secret: 'lf-whsec_5d0c41a7b3e2f0',
      otherSecret: 'lf-whsec_00000000000000',
      place: { header: 'x-langfuse-signature' },
    },
    't',
    'v1=',
    seconds,
  ),
  stamped({
    scheme: 'cashfree',
    provider: 'Cashfree',
    place: { header: 'x-webhook-signature' },
    content: ({ timestamp, body }) => [timestamp, body],
    encoding: 'base64',
    timestamp: { header: 'x-webhook-timestamp', text: milliseconds },
  }),
  stamped({
    scheme: 'chatwoot',
    provider: 'Chatwoot',
    place: { header: 'X-Chatwoot-Signature' },
    content: ({ timestamp, body }) => [timestamp, '.', body],
    prefix: 'sha256=',
    timestamp: { header: 'X-Chatwoot-Timestamp', text: seconds },
  }),
  stamped({
    scheme: 'cloudinary',
    provider: 'Cloudinary',
    secretForm: 'the API secret, at the end of the signed text',
    algorithm: 'sha1',
    place: { header: 'X-Cld-Signature' },
    content: ({ timestamp, body, secret }) => [body, timestamp, secret],
    timestamp: { header: 'X-Cld-Timestamp', text: seconds },
    tolerance: { past: 7200, future: null },
    extra: [
      { kind: 'wrong-algorithm', title: 'An HMAC', expected: 'reject', algorithm: 'hmac-sha1' },
    ],
  }),
  stamped({
    scheme: 'crisp',
    provider: 'Crisp',
    place: { header: 'X-Crisp-Signature' },
    content: ({ timestamp, body }) => ['[', timestamp, ';', body, ']'],
    timestamp: { header: 'X-Crisp-Request-Timestamp', text: milliseconds },
  }),
  stamped({
    scheme: 'dodo',
    provider: 'Dodo Payments, Whop, Lithic, Loops, Recall.ai, Render, Brex, Seam',
    secretForm: 'base64 after whsec_',
    key: (secret) => Buffer.from(secret.slice(6), 'base64'),
    secret: whsec('dodo test secret number one'),
    otherSecret: whsec('dodo test secret number two'),
    place: { header: 'webhook-signature' },
    content: ({ id, timestamp, body }) => [id, '.', timestamp, '.', body],
    encoding: 'base64',
    prefix: 'v1,',
    write: (signatures) => signatures.join(' '),
    several: true,
    timestamp: { header: 'webhook-timestamp', text: seconds },
    id: { header: 'webhook-id', value: 'msg_2dodo0000000000000000001' },
    tolerance: { past: 300, future: 300 },
    extra: [
      svixNames,
      {
        kind: 'secret-without-prefix',
        title: 'The secret pasted without whsec_',
        expected: 'accept',
        judgeWith: Buffer.from('dodo test secret number one').toString('base64'),
      },
    ],
  }),
  stamped({
    scheme: 'front',
    provider: 'Front (application webhooks)',
    place: { header: 'X-Front-Signature' },
    content: ({ timestamp, body }) => [timestamp, ':', body],
    encoding: 'base64',
    timestamp: { header: 'X-Front-Request-Timestamp', text: milliseconds },
  }),
  stamped({
    scheme: 'hygraph',
    provider: 'Hygraph',
    settings: { env: 'master' },
    place: { header: 'gcms-signature' },
    bodies: [
      compactJson,
      oddJson,
      textBody('escaped', 'JSON with quotes and backslashes', '{"a":"\\"\\\\u0041\\/","b":"\t"}'),
    ],
    content: ({ timestamp, body }) => [
      `{"Body":${JSON.stringify(Buffer.from(body).toString('utf8'))},`,
      `"EnvironmentName":"master","TimeStamp":${timestamp}}`,
    ],
    encoding: 'base64',
    prefix: 'sign=',
    write: (signatures, { timestamp }) =>
      [...signatures, 'env=master', `t=${timestamp}`].join(', '),
    timestamp: { text: milliseconds },
    extra: [
      {
        kind: 'signed-field-changed',
        title: 'Another environment than was signed',
        expected: 'reject',
        value: (value) => value.replace('env=master', 'env=main'),
      },
      {
        kind: 'no-timestamp',
        title: 'Without t=',
        expected: 'reject',
        value: (value) => value.replace(/, t=.*/, ''),
      },
    ],
  }),
  stamped({
    scheme: 'infisical',
    provider: 'Infisical',
    place: { header: 'x-infisical-signature' },
    content: ({ body }) => [body],
    write: (signatures, { timestamp }) => [`t=${timestamp}`, ...signatures].join(';'),
    timestamp: { text: milliseconds, unsigned: true },
  }),
  stamped({
    scheme: 'klaviyo',
    provider: 'Klaviyo',
    place: { header: 'Klaviyo-Signature' },
    content: ({ timestamp, body }) => [body, timestamp],
    timestamp: {
      header: 'Klaviyo-Timestamp',
      text: (unixMs) => new Date(unixMs).toUTCString(),
    },
  }),
]
