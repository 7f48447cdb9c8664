/** Tokens that a correct receiver refuses, whoever signed them. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  SIGNED_AT_MS,
  withHeader,
} from './made-request.ts'
import type { VerifyContext } from './types.ts'
import { verify } from './verify.ts'

const HS256 = { alg: 'HS256', typ: 'JWT' }
const NOW = SIGNED_AT_MS / 1000

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const json = (value: unknown) => encoded(JSON.stringify(value))

/** LiveKit’s request with another token in it. */
function rig(id = 'livekit', header = 'authorization') {
  const made = makeRequest(id)
  const prefix = id === 'vonage' ? 'Bearer ' : ''
  const [, payload = ''] = headerOf(made.head, header).slice(prefix.length).split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const hmac = (text: string) =>
    createHmac('sha256', made.secret.key).update(text).digest('base64url')
  const judge = (token: string, changes: Partial<VerifyContext> = {}) => {
    const head = withHeader(made.head, header, prefix + token)
    const { verdict, reason } = verify(contextOf({ ...made, head }, changes), inMemory(made.body))
    return `${verdict} ${reason.code}`
  }
  const resigned = (changes: Record<string, unknown>, head: unknown = HS256) => {
    const text = `${json(head)}.${json({ ...Object(claims), ...changes })}`
    return `${text}.${hmac(text)}`
  }
  return { judge, resigned, hmac, payload }
}

describe('algorithms', () => {
  const { judge, resigned, hmac, payload } = rig()

  test('none, in every spelling, is not valid', () => {
    for (const alg of ['none', 'None', 'NONE', '', null, undefined, ['HS256'], { a: 1 }, 'hs256']) {
      const text = `${json({ alg, typ: 'JWT' })}.${payload}`
      expect(judge(`${text}.`)).toMatch(/^(invalid|malformed)/)
      expect(judge(`${text}.${hmac(text)}`)).toMatch(/^(invalid|malformed)/)
    }
    expect(judge(`${json(HS256)}.${payload}.`)).toBe('invalid no-match')
  })

  test('a public key is no HMAC key, and a key in the header is not taken', () => {
    const made = makeRequest('plaid')
    const token = headerOf(made.head, 'plaid-verification')
    const [, claims = ''] = token.split('.')
    const pem = createPublicKey(made.secret.text).export({ type: 'spki', format: 'pem' })
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = publicKey.export({ format: 'jwk' })
    const judgePlaid = (text: string) => {
      const head = withHeader(made.head, 'plaid-verification', text)
      return verify(contextOf({ ...made, head }), inMemory(made.body)).verdict
    }
    expect(judgePlaid(token)).toBe('valid')
    for (const header of [{ alg: 'HS256' }, { alg: 'ES256' }, { alg: 'ES256', jwk, kid: '../k' }]) {
      const text = `${json(header)}.${claims}`
      for (const key of [pem, Buffer.from(pem.toString().trim()), made.secret.text]) {
        const signature = createHmac('sha256', key).update(text).digest('base64url')
        expect(judgePlaid(`${text}.${signature}`)).toBe('invalid')
      }
      const own = makeRequest('plaid')
      const foreign = { ...own, secret: { ...own.secret, key: publicKey, privateKey } }
      expect(verify(contextOf(foreign), inMemory(own.body)).verdict).toBe('invalid')
    }
    // R and S of zero, or of the wrong length, are no signature.
    for (const length of [0, 1, 63, 64, 65, 72]) {
      const zero = Buffer.alloc(length).toString('base64url')
      expect(judgePlaid(`${token.slice(0, token.lastIndexOf('.'))}.${zero}`)).toBe('invalid')
    }
  })

  test('extensions that must be understood are refused', () => {
    expect(judge(resigned({}))).toBe('valid signature-matches')
    const header = { ...HS256, crit: ['b64'], b64: false }
    expect(judge(resigned({}, header))).toBe('invalid jwt-critical')
    expect(judge(resigned({}, { ...HS256, crit: [] }))).toBe('invalid jwt-critical')
  })
})

describe('claims', () => {
  const { judge, resigned, hmac } = rig()

  test.each(['1', '99999999999', null, true, {}, [], [NOW + 60], ''])(
    'a time of %j is no time',
    (value) => {
      for (const name of ['exp', 'nbf', 'iat']) {
        expect(judge(resigned({ [name]: value }))).toBe('malformed timestamp-unreadable')
      }
    },
  )

  test('times hold as numbers, whole or not', () => {
    expect(judge(resigned({ exp: NOW - 10.5 }))).toBe('stale too-old')
    expect(judge(resigned({ exp: NOW - 9.5 }))).toBe('valid signature-matches')
    expect(judge(resigned({ exp: -1 }))).toBe('stale too-old')
    expect(judge(resigned({ nbf: 1e300 }))).toBe('stale too-new')
    expect(judge(resigned({ exp: 1e300 }))).toBe('valid signature-matches')
  })

  test('without a limit of age nothing is stale', () => {
    const tolerance = { pastSeconds: null, futureSeconds: null }
    expect(judge(resigned({ exp: 5, nbf: 1e12 }), { tolerance })).toBe('valid signature-matches')
  })

  test('of a claim that is there twice the last counts, as every parser has it', () => {
    const text = `${json(HS256)}.${encoded('{"iss":"x","exp":1,"iss":"apiKey-for-tests","exp":2}')}`
    expect(judge(`${text}.${hmac(text)}`)).toBe('invalid body-hash')
  })

  test('the issuer is not left out where its setting is missing', () => {
    expect(judge(resigned({}), { settings: {} })).toBe('no-secret setting-missing')
    expect(judge(resigned({ iss: undefined }))).toBe('invalid jwt-issuer')
    expect(judge(resigned({ sha256: [] }))).toBe('invalid body-hash')
  })

  test('where the age counts from iat, exp and nbf hold as well', () => {
    const vonage = rig('vonage')
    expect(vonage.judge(vonage.resigned({}))).toBe('valid signature-matches')
    expect(vonage.judge(vonage.resigned({ exp: NOW }))).toBe('stale too-old')
    expect(vonage.judge(vonage.resigned({ nbf: NOW + 1 }))).toBe('stale too-new')
    expect(vonage.judge(vonage.resigned({ iat: String(NOW) }))).toMatch(/^malformed/)
  })
})

describe('texts', () => {
  const { judge, resigned, hmac, payload } = rig()

  test('blanks, padding and other alphabets are no token', () => {
    const right = resigned({})
    for (const change of [' ', '=', '\t', '+', '.', '%3D']) {
      for (const at of [0, 5, right.indexOf('.'), right.length]) {
        const token = right.slice(0, at) + change + right.slice(at)
        expect(judge(token)).toMatch(/^(malformed|invalid)/)
      }
      // Signed as it stands, so that only its form is wrong.
      const text = `${json(HS256)}.${payload}${change}`
      expect(judge(`${text}.${hmac(text)}`)).toMatch(/^malformed/)
    }
    expect(judge(`${right}.${right}`)).toMatch(/^malformed/)
  })

  test('what is nested as deep as a header allows is refused, not thrown', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const alg = `${encoded(`{"alg":${deep}}`)}.${payload}.AAAA`
    expect(judge(alg)).toBe('invalid jwt-algorithm')
    const text = `${json(HS256)}.${encoded(`{"iss":${deep}}`)}`
    expect(judge(`${text}.${hmac(text)}`)).toBe('invalid jwt-issuer')
    expect(judge(resigned({ exp: NOW, iat: 'x'.repeat(30_000) }))).toMatch(/^malformed/)
  })
})
