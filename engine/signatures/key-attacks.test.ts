/** Secrets and keys that prove nothing, and signatures that are none. */
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { schemes } from './catalogue.ts'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  schemeOf,
  settingsOf,
  withHeader,
  type MadeRequest,
} from './made-request.ts'
import { keyBytes, prepareSecret, secretWarning } from './secret.ts'
import { verify } from './verify.ts'

const verdictOf = (made: MadeRequest) => verify(contextOf(made), inMemory(made.body)).verdict
const rsaPem = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()

describe('secrets', () => {
  test('that hold no bytes make no key, in any scheme', () => {
    const texts = [
      '',
      'whsec_',
      'whsec_=',
      'whsec_==',
      '=',
      '====',
      '_',
      'x_',
      'whpk_',
      'whsk_',
      '{}',
    ]
    for (const scheme of schemes) {
      for (const text of texts) {
        const made = prepareSecret(scheme, { id: 1, name: 'x', text }, settingsOf(scheme))
        const keys = 'prepared' in made ? made.prepared : []
        expect(text === '' ? keys : []).toEqual([])
        for (const { key, keyText } of keys) {
          expect([scheme.id, text, key.symmetricKeySize]).not.toContain(0)
          expect(keyText).not.toBe('')
        }
      }
    }
    expect(keyBytes('base64-after-whsec-else-utf8', 'whsec_')).toBe(
      'There is nothing after whsec_.',
    )
  })

  test('as tokens are compared as they are: no normalisation, no case, nothing empty', () => {
    const made = makeRequest('telegram')
    const header = 'x-telegram-bot-api-secret-token'
    const right = headerOf(made.head, header)
    for (const value of [
      right.toUpperCase(),
      `${right} `,
      ` ${right}`,
      `${right}\0`,
      right.slice(1),
    ]) {
      expect(verdictOf({ ...made, head: withHeader(made.head, header, value) })).toBe('invalid')
    }
    expect(verdictOf({ ...made, head: withHeader(made.head, header, '') })).toBe('malformed')
    const secret = { ...made.secret, keyText: 'caf\u00e9' }
    const decomposed = { ...made, head: withHeader(made.head, header, 'cafe\u0301'), secret }
    expect(verdictOf(decomposed)).toBe('invalid')
  })

  test('RSA keys that others can sign for are warned of; others are not', () => {
    const rsa = schemeOf('aws-sns')
    expect(secretWarning(rsa, rsaPem(512))).toContain('only 512 bits')
    expect(secretWarning(rsa, rsaPem(2048))).toBeNull()
    expect(secretWarning(rsa, 'no key')).toBeNull()
  })

  test('a key for PSS alone does not check PKCS#1 signatures', () => {
    const { publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const text = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const made = prepareSecret(schemeOf('aws-sns'), { id: 1, name: 'x', text })
    expect('problem' in made && made.problem).toContain('rsa-pss')
  })
})

test('signatures of zero, of the order, or of any other length are wrong and throw nothing', () => {
  for (const { id, algorithm, signature, jwt } of schemes) {
    if (!/^(?:ed25519|ecdsa|rsa)/.test(algorithm) || jwt || !('header' in signature.place)) continue
    const made = makeRequest(id)
    const name = signature.place.header.toLowerCase()
    const encoding = signature.encoding === 'hex' ? 'hex' : 'base64'
    for (const length of [1, 2, 8, 63, 64, 65, 70, 72, 255, 256, 257]) {
      for (const fill of [0, 0xff, 0x30]) {
        const text = Buffer.alloc(length, fill).toString(encoding)
        for (const value of [
          text,
          `${signature.prefix ?? ''}${text}`,
          `v1a,${text}`,
          `sig1=:${text}:`,
        ]) {
          const head = withHeader(made.head, name, value)
          expect(['invalid', 'malformed']).toContain(verdictOf({ ...made, head }))
        }
      }
    }
  }
})
