import { compactJson, emptyBody, formBody, jsonBodies, oddJson } from './bodies.ts'
import type { Case, Rule } from './rule.ts'

/** What is signed is the raw body alone. */
function overBody(
  rule: Pick<Rule, 'scheme' | 'provider' | 'secretForm' | 'place'> & Partial<Rule>,
): Rule {
  return {
    algorithm: 'hmac-sha256',
    secret: `${rule.scheme}-secret-5d0c41a7`,
    otherSecret: `${rule.scheme}-secret-00000000`,
    bodies: jsonBodies,
    content: ({ body }) => [body],
    tolerance: null,
    ...rule,
  }
}

const utf8 = 'text, used as it is'

const upperCase: Case = {
  kind: 'uppercase-hex',
  title: 'In capital hex letters',
  expected: 'reject',
  encoding: 'upper-hex',
}

const noPadding: Case = {
  kind: 'no-padding',
  title: 'base64 without its padding',
  expected: 'reject',
  mangle: (signature) => signature.replace(/=+$/, ''),
}

const unknownVersion: Case = {
  kind: 'unknown-version-only',
  title: 'Right, but called v2',
  expected: 'reject',
  prefix: 'v2=',
}

const hexRules: Rule[] = [
  ['attio', 'Attio', 'Attio-Signature'] as const,
  ['checkout', 'Checkout.com', 'Cko-Signature'] as const,
  ['clickup', 'ClickUp', 'X-Signature'] as const,
  ['creem', 'Creem (creem-signature)', 'creem-signature'] as const,
  ['custom', 'Custom HMAC', 'X-Signature'] as const,
  ['dwolla', 'Dwolla', 'X-Request-Signature-SHA-256'] as const,
].map(([scheme, provider, header]) =>
  overBody({ scheme, provider, secretForm: utf8, place: { header }, extra: [upperCase] }),
)

const prefixedRules: Rule[] = [
  ['doppler', 'Doppler', 'X-Doppler-Signature'] as const,
  ['firecrawl', 'Firecrawl', 'X-Firecrawl-Signature'] as const,
  ['formstack', 'Formstack', 'X-FS-Signature'] as const,
  ['jira', 'Jira Cloud', 'X-Hub-Signature'] as const,
].map(([scheme, provider, header]) =>
  overBody({
    scheme,
    provider,
    secretForm: utf8,
    place: { header },
    prefix: 'sha256=',
    bodies: scheme === 'formstack' ? [formBody, compactJson, oddJson, emptyBody] : jsonBodies,
    extra: [
      upperCase,
      { kind: 'wrong-prefix', title: 'sha1= before it', expected: 'reject', prefix: 'sha1=' },
    ],
  }),
)

const base64Rules: Rule[] = [
  ['fourthwall', 'Fourthwall', 'X-Fourthwall-Hmac-SHA256'] as const,
  ['heroku', 'Heroku', 'Heroku-Webhook-Hmac-SHA256'] as const,
  ['kontent', 'Kontent.ai', 'X-Kontent-ai-Signature'] as const,
].map(([scheme, provider, header]) =>
  overBody({
    scheme,
    provider,
    secretForm: utf8,
    place: { header },
    encoding: 'base64',
    extra: [noPadding],
  }),
)

export const bodyRules: Rule[] = [
  ...hexRules,
  ...prefixedRules,
  ...base64Rules,
  overBody({
    scheme: 'acuity',
    provider: 'Acuity Scheduling',
    secretForm: 'the account’s API key as text',
    place: { header: 'X-Acuity-Signature' },
    encoding: 'base64',
    bodies: [formBody, ...jsonBodies],
    extra: [noPadding],
  }),
  overBody({
    scheme: 'authorizenet',
    provider: 'Authorize.Net',
    secretForm: 'hex text, decoded; used as text by some senders’ receivers, so that passes too',
    algorithm: 'hmac-sha512',
    key: (secret) => Buffer.from(secret, 'hex'),
    secret: '3F9A0C5E'.repeat(16),
    otherSecret: '00112233'.repeat(16),
    place: { header: 'X-ANET-Signature' },
    encoding: 'upper-hex',
    prefix: 'sha512=',
    extra: [
      {
        kind: 'key-as-text',
        title: 'The key used as text',
        expected: 'accept',
        key: (secret) => Buffer.from(secret),
      },
      {
        kind: 'wrong-algorithm',
        title: 'SHA-256 in place of SHA-512',
        expected: 'reject',
        algorithm: 'hmac-sha256',
      },
    ],
  }),
  overBody({
    scheme: 'circleci',
    provider: 'CircleCI',
    secretForm: utf8,
    place: { header: 'circleci-signature' },
    prefix: 'v1=',
    write: (signatures) => signatures.join(','),
    several: true,
    extra: [unknownVersion],
  }),
  overBody({
    scheme: 'easypost',
    provider: 'EasyPost',
    secretForm: 'text, Unicode-normalised (NFKD), then UTF-8',
    key: (secret) => Buffer.from(secret.normalize('NFKD')),
    secret: 'Sécrèt-ﬁ-①-0001',
    otherSecret: 'Sécrèt-ﬁ-②-0002',
    place: { header: 'X-Hmac-Signature' },
    prefix: 'hmac-sha256-hex=',
    extra: [
      {
        kind: 'key-not-normalised',
        title: 'The secret without normalisation',
        expected: 'reject',
        key: (secret) => Buffer.from(secret),
      },
      {
        kind: 'secret-decomposed',
        title: 'The secret pasted in decomposed form',
        expected: 'accept',
        judgeWith: 'Sécrèt-ﬁ-①-0001'.normalize('NFD'),
      },
    ],
  }),
  overBody({
    scheme: 'helpscout',
    provider: 'Help Scout',
    secretForm: utf8,
    algorithm: 'hmac-sha1',
    place: { header: 'X-HelpScout-Signature' },
    encoding: 'base64',
    extra: [
      noPadding,
      {
        kind: 'wrong-algorithm',
        title: 'SHA-256 in place of SHA-1',
        expected: 'reject',
        algorithm: 'hmac-sha256',
      },
    ],
  }),
  overBody({
    scheme: 'hookdeck',
    provider: 'Hookdeck',
    secretForm: utf8,
    place: { header: 'X-Hookdeck-Signature' },
    encoding: 'base64',
    extra: [
      noPadding,
      rotated('rotated-secrets', 'The second header is of our secret', [false, true]),
      rotated('rotated-secrets-first', 'The first header is of our secret', [true, false]),
      rotated('rotated-none-match', 'Neither header is of our secret', [false, false]),
    ],
  }),
]

/** Two signatures in `X-Hookdeck-Signature` and `X-Hookdeck-Signature-2`. */
function rotated(kind: string, title: string, ours: boolean[]): Case {
  return {
    kind,
    title,
    expected: ours.includes(true) ? 'accept' : 'reject',
    signWith: ours.map((own) => `hookdeck-secret-${own ? '5d0c41a7' : '00000000'}`),
    after: (request) => ({
      ...request,
      headers: request.headers.flatMap(([name, value]) =>
        name === 'X-Hookdeck-Signature'
          ? value.split(', ').map((each, at) => [at === 0 ? name : `${name}-2`, each])
          : [[name, value]],
      ),
    }),
  }
}
