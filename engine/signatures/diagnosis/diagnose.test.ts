import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DiagnosisCode } from '#contract/diagnosis.ts'
import {
  headerOf,
  schemeOf,
  secretTextFor,
  SIGNED_AT_MS,
  withHeader,
} from '#engine/signatures/made-request.ts'
import { diagnosed, type Wrong } from './made-delivery.ts'

const secret = secretTextFor(schemeOf('github'))
const json = '{"id":1,"name":"Zoë <b> a/b","list":[1.5,{"x":true}]}'
const body = { signedBody: json }

const singles: [DiagnosisCode, string, string, Wrong][] = [
  ['secret-whitespace', 'newline', 'github', { storedText: `${secret}\n` }],
  ['secret-whitespace', 'export', 'github', { storedText: `export SECRET="${secret}"` }],
  [
    'secret-whitespace',
    'quotes around base64',
    'standard-webhooks',
    { storedText: `'${secretTextFor(schemeOf('standard-webhooks'))}'` },
  ],
  ['secret-prefix', 'dropped', 'stripe', { signText: `whsec_${secret}`, storedText: secret }],
  ['secret-prefix', 'kept', 'stripe', { signText: secret, storedText: `whsec_${secret}` }],
  ['secret-encoding', 'hex', 'github', { signScheme: { ...schemeOf('github'), key: 'hex' } }],
  [
    'secret-encoding',
    'text',
    'standard-webhooks',
    { signScheme: { ...schemeOf('standard-webhooks'), key: 'utf8' } },
  ],
  [
    'body-reserialized',
    'indented',
    'github',
    { ...body, body: JSON.stringify(JSON.parse(json), null, 2) },
  ],
  [
    'body-reserialized',
    'unicode escaped',
    'github',
    { ...body, body: json.replace('ë', '\\u00eb') },
  ],
  ['body-reserialized', 'slashes escaped', 'github', { ...body, body: json.replace('/', '\\/') }],
  [
    'body-reserialized',
    'escaped as Go does',
    'github',
    { ...body, body: json.replace('<b>', '\\u003cb\\u003e') },
  ],
  [
    'body-reserialized',
    'compact from sorted Python',
    'github',
    { signedBody: '{"a": 1, "b": [1, 2]}', body: '{"b":[1,2],"a":1}' },
  ],
  ['body-reserialized', 'a fraction lost', 'github', { signedBody: '{"a":1.0}', body: '{"a":1}' }],
  ['body-newline', 'added', 'github', { ...body, body: `${json}\n` }],
  ['body-newline', 'lost', 'github', { signedBody: `${json}\n`, body: json }],
  ['body-newline', 'BOM', 'github', { ...body, body: `\ufeff${json}` }],
  ['body-newline', 'CRLF', 'github', { signedBody: 'a\nb\n', body: 'a\r\nb\r\n' }],
  ['body-encoding', 'latin1', 'github', { ...body, body: Buffer.from(json, 'latin1') }],
  [
    'body-encoding',
    'encoded twice',
    'github',
    { ...body, body: Buffer.from(json).toString('latin1') },
  ],
  ['body-encoding', 'left compressed', 'github', { ...body, body: gzipSync(json) }],
  ['body-encoding', 'base64', 'github', { ...body, body: Buffer.from(json).toString('base64') }],
  ['body-form', 'blanks', 'github', { signedBody: 'a=b+c&d=e', body: 'a=b%20c&d=e' }],
  ['body-form', 'order', 'github', { signedBody: 'z=1&a=2', body: 'a=2&z=1' }],
  ['body-empty', 'eaten', 'github', { signedBody: '', body: json }],
  [
    'signature-encoding',
    'base64',
    'github',
    {
      head: (head) =>
        withHeader(
          head,
          'x-hub-signature-256',
          Buffer.from(headerOf(head, 'x-hub-signature-256').slice(7), 'hex').toString('base64'),
        ),
    },
  ],
  [
    'signature-encoding',
    'upper case',
    'github',
    {
      head: (head) =>
        withHeader(
          head,
          'x-hub-signature-256',
          `sha256=${headerOf(head, 'x-hub-signature-256').slice(7).toUpperCase()}`,
        ),
    },
  ],
  [
    'signature-encoding',
    'no prefix',
    'github',
    {
      head: (head) =>
        withHeader(head, 'x-hub-signature-256', headerOf(head, 'x-hub-signature-256').slice(7)),
    },
  ],
  [
    'algorithm',
    'SHA-512',
    'github',
    { signScheme: { ...schemeOf('github'), algorithm: 'hmac-sha512' } },
  ],
  [
    'signed-content',
    'only the body',
    'stripe',
    { signScheme: { ...schemeOf('stripe'), content: '{body}' } },
  ],
  [
    'signed-content',
    'other separator',
    'stripe',
    { signScheme: { ...schemeOf('stripe'), content: '{timestamp}:{body}' } },
  ],
  [
    'timestamp-unit',
    'milliseconds signed',
    'slack',
    { signScheme: { ...schemeOf('slack'), content: `v0:{timestamp}000:{body}` } },
  ],
  [
    'timestamp-source',
    'another header',
    'slack',
    {
      head: (head) => ({
        ...withHeader(head, 'x-slack-request-timestamp', String(SIGNED_AT_MS / 1000 + 2)),
        rawHeaders: [
          ...withHeader(head, 'x-slack-request-timestamp', String(SIGNED_AT_MS / 1000 + 2))
            .rawHeaders,
          ['X-Sent-Time', String(SIGNED_AT_MS / 1000)],
        ],
      }),
    },
  ],
  [
    'url-mismatch',
    'http for https',
    'square',
    { settings: { notificationUrl: 'http://hooks.example.test/in' } },
  ],
  ['stale', 'old', 'stripe', { atMs: SIGNED_AT_MS + 3_600_000 }],
  ['future', 'ahead', 'standard-webhooks', { atMs: SIGNED_AT_MS - 3_600_000 }],
  [
    'clock',
    'constant skew',
    'stripe',
    { atMs: SIGNED_AT_MS + 3_600_000, recentSkews: [-3600, -3601, -3599] },
  ],
]

describe('one cause', () => {
  it.each(singles)('%s: %s', (code, _name, scheme, wrong) => {
    const { causes, verdict } = diagnosed(scheme, wrong)
    expect(causes[0]).toMatchObject({ code, verified: true, with: null })
    expect(causes[0]?.evidence).toContain('matches')
    expect(['valid', 'challenge']).not.toContain(verdict)
  })
})

describe('two causes', () => {
  it.each<[DiagnosisCode[], Wrong]>([
    [
      ['secret-whitespace', 'body-newline'],
      { storedText: ` ${secret}`, signedBody: json, body: `${json}\n` },
    ],
    [
      ['secret-whitespace', 'body-reserialized'],
      {
        storedText: `"${secret}"`,
        signedBody: json,
        body: JSON.stringify(JSON.parse(json), null, 4),
      },
    ],
    [
      ['secret-encoding', 'signature-encoding'],
      {
        signScheme: { ...schemeOf('github'), key: 'hex' },
        head: (head) =>
          withHeader(head, 'x-hub-signature-256', headerOf(head, 'x-hub-signature-256').slice(7)),
      },
    ],
  ])('%s', (codes, wrong) => {
    const { causes } = diagnosed('github', wrong)
    expect(causes.map(({ code }) => code)).toEqual(codes)
    expect(causes.map((cause) => cause.with)).toEqual([codes[1], codes[0]])
    expect(causes.every(({ verified }) => verified)).toBe(true)
  })
})

describe('secrets of other endpoints', () => {
  const other = {
    id: 12,
    name: 'test key',
    endpointName: 'Staging',
    endpointSchemeId: 'github',
    text: 'other one',
    createdAtMs: 0,
    superseded: true,
  }

  it('names the secret and its endpoint, and that a newer one replaced it', () => {
    const { causes } = diagnosed('github', { signText: other.text, others: [other] })
    expect(causes[0]).toMatchObject({ code: 'secret-other-endpoint', secretId: 12, verified: true })
    expect(causes[0]?.explanation).toContain('“test key” of endpoint “Staging”')
    expect(causes[0]?.explanation).toContain('old half of a rotation')
  })

  it('says when one is for test and the other for live mode', () => {
    const { causes } = diagnosed('github', { signText: other.text, others: [other] })
    expect(causes[0]?.explanation).toContain('test mode')
  })

  it('never tells the text of a secret', () => {
    const told = JSON.stringify(
      diagnosed('github', { signText: other.text, storedText: 'a secret ', others: [other] }),
    )
    expect(told).not.toContain(other.text)
    expect(told).not.toContain('a secret')
  })
})

describe('another scheme', () => {
  it('names it', () => {
    const sender = schemeOf('shopify')
    const { causes, verdict } = diagnosed('github', {
      signScheme: sender,
      head: (head) => withHeader(head, 'x-hub-signature-256', null),
    })
    expect(verdict).toBe('unsigned')
    expect(causes[0]).toMatchObject({ code: 'scheme', verified: true })
  })
})

describe('advice', () => {
  it('is marked where nothing matched', () => {
    const { causes, searched } = diagnosed('github', { signText: 'nobody knows' })
    expect(causes).toMatchObject([{ code: 'no-match', verified: false }])
    expect(searched).toBeGreaterThan(20)
  })

  it('names the header that is absent and the one that is there', () => {
    const { causes } = diagnosed('github', {
      head: (head) => ({
        ...head,
        rawHeaders: head.rawHeaders.map(([name, value]) => [
          name === 'X-Hub-Signature-256' ? 'X-Hub-Signature256' : name,
          value,
        ]),
      }),
    })
    expect(causes[0]).toMatchObject({ code: 'header-missing', verified: false })
    expect(causes[0]?.evidence).toContain('`X-Hub-Signature-256`')
  })

  it('says that a body is shorter than announced', () => {
    const { causes } = diagnosed('github', {
      ...body,
      body: json.slice(0, 20),
      head: (head) => ({ ...head, rawHeaders: [...head.rawHeaders, ['Content-Length', '54']] }),
    })
    expect(causes[0]).toMatchObject({ code: 'body-truncated', verified: false })
  })

  it('says nothing of a valid delivery', () => {
    expect(diagnosed('github')).toMatchObject({ verdict: 'valid', causes: [], searched: 0 })
  })
})

describe('what cannot be repaired', () => {
  const quick = { budgetMs: 30 }

  it('gets no verified cause when a bit of the body is wrong', () => {
    const bodyText = '{"id":"evt_1","amount":4200,"note":"plain"}'
    fc.assert(
      fc.property(
        fc.constantFrom('github', 'stripe', 'standard-webhooks', 'twitch'),
        fc.nat(bodyText.length * 8 - 1),
        (id, bit) => {
          const bytes = Buffer.from(bodyText)
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          const { causes } = diagnosed(id, { ...quick, signedBody: bodyText, body: bytes })
          expect(causes.filter(({ verified }) => verified)).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gets no verified cause when the signature is cut or empty', () => {
    for (const signature of ['sha256=', 'sha256=ab', 'sha256=0000', '=', '']) {
      const { causes } = diagnosed('github', {
        ...quick,
        head: (head) => withHeader(head, 'x-hub-signature-256', signature),
      })
      expect(causes.filter(({ verified }) => verified)).toEqual([])
    }
  })

  it('takes no empty token for a match', () => {
    const { causes } = diagnosed('gitlab-token', {
      ...quick,
      storedText: ' ',
      head: (head) => withHeader(head, 'x-gitlab-token', ''),
    })
    expect(causes.filter(({ verified }) => verified)).toEqual([])
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.string(),
        fc.string(),
        (bytes, signature, text) => {
          const { causes } = diagnosed('stripe', {
            ...quick,
            body: bytes,
            storedText: text || 'x',
            head: (head) => withHeader(head, 'stripe-signature', signature),
          })
          expect(causes.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
