/** Every algorithm, judged by node:crypto and jose: also those that no scheme of the catalogue uses. */
import { constants, createHash, createHmac, verify as verifyBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { Algorithm, type Scheme } from '#contract/scheme.ts'
import { jwtAlgorithm } from './jwt.ts'
import { contextOf, inMemory, schemeOf, secretOf, SIGNED_AT_MS } from './made-request.ts'
import { sign } from './sign.ts'
import type { PreparedSecret } from './types.ts'
import { verify } from './verify.ts'

const body = Buffer.from('{"text":"Grüße"}')
const asymmetric = new Set<Algorithm>([
  'ed25519',
  'ecdsa-p256-sha256',
  'rsa-sha1',
  'rsa-sha256',
  'rsa-pss-sha256',
])

function schemeWith(algorithm: Algorithm, change: Partial<Scheme> = {}): Scheme {
  const custom = schemeOf('custom')
  const isCredential = algorithm === 'shared-token' || algorithm === 'basic-auth'
  const isPlain = /^sha\d+$/.test(algorithm)
  return {
    ...custom,
    id: `custom-${algorithm}`,
    algorithm,
    key: asymmetric.has(algorithm) ? 'public-key' : 'utf8',
    content: isCredential ? '' : isPlain ? '{secret}.{body}' : 'v1.{body}',
    signature: {
      place: { header: 'X-Signature' },
      encoding: algorithm === 'shared-token' ? 'text' : 'base64',
    },
    ...change,
  }
}

/** Whether node:crypto makes the same, or accepts it where it differs from time to time. */
function agrees(algorithm: Algorithm, secret: PreparedSecret, signature: string): boolean {
  const digest = /sha\d+$/.exec(algorithm)?.[0] ?? ''
  if (algorithm.startsWith('hmac-')) {
    return signature === createHmac(digest, secret.text).update('v1.').update(body).digest('base64')
  }
  if (/^sha\d+$/.test(algorithm)) {
    const whole = createHash(algorithm).update(`${secret.text}.`).update(body)
    return signature === whole.digest('base64')
  }
  if (algorithm === 'shared-token') return signature === secret.text
  if (algorithm === 'basic-auth') return signature === Buffer.from(secret.text).toString('base64')
  const message = Buffer.concat([Buffer.from('v1.'), body])
  const padding = constants.RSA_PKCS1_PSS_PADDING
  const key =
    algorithm === 'rsa-pss-sha256'
      ? { key: secret.key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : secret.key
  const name = algorithm === 'ed25519' ? null : digest
  return verifyBytes(name, message, key, Buffer.from(signature, 'base64'))
}

describe.each(Algorithm.options)('%s', (algorithm) => {
  const scheme = schemeWith(algorithm)
  const secret = secretOf(scheme)
  const head = { method: 'POST', target: '/', rawHeaders: [] }
  const made = sign({ scheme, secret, head, body, timestampMs: SIGNED_AT_MS, messageId: null })
  if ('problem' in made) throw new Error(made.problem)
  const signature = made.rawHeaders.find(([name]) => name === 'X-Signature')?.[1] ?? ''

  test('signs as node:crypto does', () => {
    expect(agrees(algorithm, secret, signature)).toBe(true)
  })

  test('verifies that, and nothing else', () => {
    const request = { scheme, secret, settings: {}, head: { ...head, ...made }, body }
    expect(verify(contextOf(request), inMemory(body)).verdict).toBe('valid')
    const other = { ...request, secret: secretOf(scheme, 'other key', 8) }
    expect(verify(contextOf(other), inMemory(body)).verdict).toBe('invalid')
    const covers = algorithm !== 'shared-token' && algorithm !== 'basic-auth'
    const changed = inMemory(Buffer.from('{"text":"Grüsse"}'))
    expect(verify(contextOf(request), changed).verdict).toBe(covers ? 'invalid' : 'valid')
  })
})

describe.each(Algorithm.options.filter((each) => jwtAlgorithm(each) !== 'none'))(
  'a token with %s',
  (algorithm) => {
    const scheme = schemeWith(algorithm, {
      content: '',
      signature: { place: { header: 'X-Token' }, encoding: 'base64url', ecdsa: 'p1363' },
      jwt: { body: { claim: 'sha256', encoding: 'hex' }, times: 'exp-nbf', lifetimeSeconds: 60 },
    })
    const secret = secretOf(scheme)
    const key = secret.privateKey ?? Buffer.from(secret.text)
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const head = { method: 'POST', target: '/', rawHeaders: [] }

    test('is read as jose writes it', async () => {
      const token = await new SignJWT({ sha256: bodySha256 })
        .setProtectedHeader({ alg: jwtAlgorithm(algorithm) })
        .sign(key)
      const rawHeaders: [string, string][] = [['X-Token', token]]
      const request = { scheme, secret, settings: {}, head: { ...head, rawHeaders }, body }
      expect(verify(contextOf(request), inMemory(body)).verdict).toBe('valid')
    })

    test('is written as jose reads it', async () => {
      const made = sign({ scheme, secret, head, body, timestampMs: SIGNED_AT_MS, messageId: null })
      if ('problem' in made) throw new Error(made.problem)
      const { payload } = await jwtVerify(
        made.rawHeaders[0]?.[1] ?? '',
        secret.privateKey ? secret.key : Buffer.from(secret.text),
        { algorithms: [jwtAlgorithm(algorithm)], currentDate: new Date(SIGNED_AT_MS) },
      )
      expect(payload.sha256).toBe(bodySha256)
    })
  },
)
