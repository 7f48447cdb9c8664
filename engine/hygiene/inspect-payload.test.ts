import { generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HygieneFinding } from '#contract/hygiene.ts'
import { inspectPayload } from './inspect-payload.ts'

const NOW = Date.UTC(2026, 10, 22)
const FORM = 'application/x-www-form-urlencoded'
const inspect = (body: string | Uint8Array, contentType: string | null = 'application/json') =>
  inspectPayload(Buffer.from(body), contentType, NOW)
const json = (value: unknown) => inspect(JSON.stringify(value))
const brief = (findings: HygieneFinding[]) => findings.map(({ code, path }) => [code, path])

const github = `ghp_${'aB3dE5fG7hJ9'.repeat(3)}`
const card = '4242424242424242'
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const formPart = (head: string, value: string) =>
  `--x1\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`
const jwt = (header: unknown, claims: unknown) => `${part(header)}.${part(claims)}.c2lnbmF0dXJl`
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

describe('what is found', () => {
  it('is what NotifyKit’s page advises against', () => {
    const key = ['sk', 'live', 'abc123'].join('_')
    const payload = { userId: '123', creditCard: '4111111111111111', apiToken: key }
    expect(json(payload)).toEqual([
      {
        code: 'card-number',
        path: '$.creditCard',
        sentence: 'A Visa card number, published for tests.',
        preview: '411111…1111',
      },
      {
        code: 'api-key',
        path: '$.apiToken',
        sentence: 'A Stripe secret key (live mode).',
        preview: 'sk_live_…',
      },
    ])
    expect(json({ event: 'payment.completed', paymentId: 'pay_abc123' })).toEqual([])
  })

  it('has its place, in the order of the payload', () => {
    const value = { data: { items: [1, 'a', {}, { card: Number(card) }] }, 'a key': [[github]] }
    expect(brief(json(value))).toEqual([
      ['card-number', '$.data.items[3].card'],
      ['token', '$["a key"][0][0]'],
    ])
    expect(brief(json([{ a: `${github} and ${card}` }]))).toEqual([
      ['token', '$[0].a'],
      ['card-number', '$[0].a'],
    ])
    expect(brief(inspect(`{"a":"${github}","a":"${card}"}`))).toEqual([
      ['token', '$.a'],
      ['card-number', '$.a'],
    ])
  })

  it('is found in JSON inside a string, an array or a form', () => {
    const inner = JSON.stringify({ Message: JSON.stringify({ user: { password: 'hunter2' } }) })
    expect(brief(inspect(inner))).toEqual([['password-field', '$.Message › $.user.password']])
    const form = `a=1&payload=${encodeURIComponent(JSON.stringify({ pan: card }))}&password=x%21`
    expect(brief(inspect(form, `${FORM}; charset=utf-8`))).toEqual([
      ['card-number', 'payload › $.pan'],
      ['password-field', 'password'],
    ])
    expect(brief(inspect('user%5Bpassword%5D=a+b&c=4242+4242+4242+4242&%=%&d', FORM))).toEqual([
      ['password-field', 'user[password]'],
      ['card-number', 'c'],
    ])
  })

  it('is found in the fields of a multipart form, not in its files', () => {
    const body = [
      'preamble\r\n',
      formPart('name="password"', 'hunter2'),
      formPart('name="upload"; filename="a.txt"', github),
      formPart('name="meta"\r\nContent-Type: application/json', JSON.stringify({ pan: card })),
      formPart('name="text"', `a ${github}\r\nb`),
      '--x1--\r\n',
    ].join('')
    const expected = [
      ['password-field', 'password'],
      ['card-number', 'meta › $.pan'],
      ['token', 'text'],
    ]
    expect(brief(inspect(body, 'multipart/form-data; boundary=x1'))).toEqual(expected)
    expect(brief(inspect(body, 'Multipart/Form-Data; charset=utf-8; boundary="x1"'))).toEqual(
      expected,
    )
    // Cut in its middle, and without a boundary to go by.
    const cut = body.slice(0, body.indexOf('\r\nb'))
    expect(brief(inspect(cut, 'multipart/form-data; boundary=x1'))).toEqual(expected)
    expect(brief(inspect(body, 'multipart/form-data')).at(-1)).toEqual(['token', 'line 18'])
  })

  it('is found in a text by its line, and where JSON breaks off', () => {
    const text = `one\r\ntwo ${card}\n\n<Password>geheim1</Password>\ndb_password="geheim2"`
    expect(brief(inspect(text, 'text/plain'))).toEqual([
      ['card-number', 'line 2'],
      ['password-field', 'line 4'],
      ['password-field', 'line 5'],
    ])
    expect(brief(inspect(`{"a":1}\n{"b":"${github}"}`))).toEqual([['token', 'line 2']])
    expect(brief(inspect(`{"a":"${card}",\n"b":"${github}`))).toEqual([
      ['card-number', '$.a'],
      ['token', 'line 2'],
    ])
    expect(brief(inspect('[4242 4242 4242 4242]'))).toEqual([['card-number', 'line 1']])
  })

  it('is the same whatever the content type says of JSON', () => {
    for (const type of [null, 'text/plain', FORM, 'application/x-ndjson']) {
      expect(brief(inspect(`\ufeff {"a":"${github}"}`, type))).toEqual([['token', '$.a']])
    }
  })
})

describe('fields by name', () => {
  it.each([
    'password',
    'Passwd',
    'pwd',
    'userPassword',
    'db_password',
    'passphrase',
    'secret',
    'client_secret',
    'clientSecret',
    'aws-secret-access-key',
    'password_confirmation',
  ])('%s holds a password', (name) => {
    expect(json({ [name]: 'hunter2' })).toMatchObject([
      {
        code: 'password-field',
        path: expect.stringContaining(name),
        sentence: 'A password or secret, by its name.',
        preview: '••••••••',
      },
    ])
  })

  it.each([
    ['apiKey', 'api-key'],
    ['access_token', 'token'],
    ['refreshToken', 'token'],
  ])('%s holds an %s', (name, code) => {
    expect(brief(json({ [name]: '0123456789abcdef' }))).toEqual([[code, `$.${name}`]])
  })

  it.each([
    '',
    '********',
    '[FILTERED]',
    'REDACTED',
    '<hidden>',
    'xxxxxxxx',
    '••••',
    'sk_***',
    'null',
    'true',
    'https://example.com/reset-password',
    'arn:aws:secretsmanager:eu-west-1:1:secret:a',
    ' * * * ',
  ])('nothing to say of %j as a password', (value) => {
    expect(json({ password: value })).toEqual([])
  })

  it('nothing to say of what is no string, or of other names', () => {
    const others = [
      'password_reset_at',
      'token',
      'next_page_token',
      'secretary',
      'keyboard',
      'passage',
    ]
    expect(json({ PWD: '/home/build', pwd: 'C:\\build', androidToken: 'hunter2hunter2' })).toEqual(
      [],
    )
    expect(json({ password: null, secret: true, pwd: {}, client_secret: [] })).toEqual([])
    for (const name of others) expect(json({ [name]: 'hunter2hunter2' })).toEqual([])
  })
})

describe('private keys and web tokens', () => {
  it('PEM, also escaped as in a service account', () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const sec1 = privateKey.export({ type: 'sec1', format: 'pem' })
    const sealed = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'p',
    })
    const said = json({ private_key: pem, b: [sec1, sealed] })
    expect(brief(said)).toEqual([
      ['private-key', '$.private_key'],
      ['private-key', '$.b[0]'],
      ['private-key', '$.b[1]'],
    ])
    expect(said.map(({ sentence }) => sentence)).toEqual([
      'A private key (PEM).',
      'A private key (EC, PEM).',
      'A private key (PEM), sealed with a passphrase.',
    ])
    expect(brief(inspect(`key:\n${String(pem)}`, 'text/plain'))).toEqual([
      ['private-key', 'line 2'],
    ])
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(json({ key: publicKey.export({ type: 'spki', format: 'pem' }) })).toEqual([])
    expect(json({ text: 'paste it with -----BEGIN PRIVATE KEY----- at the top' })).toEqual([])
  })

  it('JWK, but not a public one', () => {
    const jwk = privateKey.export({ format: 'jwk' })
    const { d, ...open } = jwk
    expect(d).toBeDefined()
    expect(brief(json({ keys: [open, jwk] }))).toEqual([['private-key', '$.keys[1].d']])
    expect(brief(json({ d, ...open }))).toEqual([['private-key', '$.d']])
    expect(brief(json({ kty: 'oct', k: 'a'.repeat(43) }))).toEqual([['private-key', '$.k']])
    expect(json({ kty: 'EC', inner: { d } })).toEqual([])
    expect(json([{ kty: 'EC' }, { d }])).toEqual([])
  })

  it.each([
    [{ alg: 'HS256' }, {}, 'signed with HS256, without an expiry'],
    [{ alg: 'RS256' }, { exp: NOW / 1000 }, 'signed with RS256, expired on 2026-11-22 00:00 UTC'],
    [{ alg: 'ES256' }, { exp: NOW / 1000 + 60 }, 'ES256, valid until 2026-11-22 00:01 UTC'],
    [{ alg: 'none' }, { exp: 1e300 }, 'that nobody signed, without an expiry'],
    [{ alg: 'a b\u001b[0m' }, {}, 'signed with an unknown algorithm'],
    [{ alg: 'HS256' }, 'text', 'its claims cannot be read'],
  ])('JSON Web Token %#', (header, claims, says) => {
    const [finding] = json({ t: jwt(header, claims) })
    expect(finding).toMatchObject({ code: 'token', path: '$.t' })
    expect(finding?.sentence).toContain(says)
    expect(finding?.preview).toBe(`${jwt(header, claims).slice(0, 8)}…`)
  })

  it('nothing that only begins like a token', () => {
    expect(json({ a: 'eyJhbGciOi.eyJhbGciOi.abc', b: jwt({ typ: 'JWT' }, {}) })).toEqual([])
    expect(brief(json({ a: `${part({ alg: 'dir', enc: 'A256GCM' })}..aa.bb.cc` }))).toEqual([
      ['token', '$.a'],
    ])
  })
})

describe('what a finding never does', () => {
  it('shows a secret that stands in a key', () => {
    const findings = json({ [card]: { [github]: 'hunter2', password: 'x' } })
    expect(brief(findings)).toEqual([
      ['card-number', '$["424242…4242"]'],
      ['token', '$["424242…4242"]["ghp_aB3d…"]'],
      ['password-field', '$["424242…4242"].password'],
    ])
  })

  it('shows more of a secret than its preview may, or an unbounded text', () => {
    const secret = fc.oneof(
      fc.stringMatching(/^ghp_[A-Za-z0-9]{36}$/),
      fc.stringMatching(/^sk_live_[A-Za-z0-9]{24}$/),
      fc.stringMatching(/^[a-z]{13,40}$/),
    )
    const around = fc.string({ maxLength: 30 })
    fc.assert(
      fc.property(secret, around, fc.boolean(), (text, key, asKey) => {
        const value = { [key]: { password: text, list: [`${text} `] }, ...(asKey && { [text]: 1 }) }
        const findings = json(value)
        expect(findings.length).toBeGreaterThan(0)
        const isToken = /^(?:ghp|sk)_/.test(text)
        for (const { path, sentence, preview } of findings) {
          const shown = `${sentence}${preview}${isToken ? path : ''}`
          expect(shown).not.toContain(isToken ? text.slice(8) : text)
          expect(path.length).toBeLessThan(400)
        }
      }),
    )
  })

  it('comes more than fifty times', () => {
    expect(json(Array.from({ length: 80 }, () => card))).toHaveLength(50)
    expect(inspect(`${card}\n`.repeat(80), 'text/plain')).toHaveLength(50)
    expect(inspect(`password=abc&`.repeat(80), FORM)).toHaveLength(50)
  })

  it('has a path without bounds', () => {
    const deep = `${'{"a long key of a nested object":'.repeat(400)}"${card}"${'}'.repeat(400)}`
    const [finding] = inspect(deep)
    expect(finding?.path).toMatch(/^\$\["a long.*….*\]$/)
    expect(finding?.path.length).toBeLessThan(1_500)
    expect(json({ ['k'.repeat(5000)]: card })[0]?.path.length).toBeLessThan(120)
  })

  it('comes from what is no text', () => {
    expect(inspect(`\u0000\u0001 ${card}`, null)).toEqual([])
    expect(inspect(card, 'image/png')).toEqual([])
    expect(inspect('', null)).toEqual([])
  })

  it('comes from beyond the first MiB', () => {
    expect(inspect(`${' '.repeat(1024 * 1024)}${card}`, 'text/plain')).toEqual([])
  })
})
