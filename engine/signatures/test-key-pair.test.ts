import { describe, expect, it } from 'vitest'
import { schemes } from './catalogue.ts'
import { schemeOf } from './made-request.ts'
import { readKeyPair } from './public-key.ts'
import { usesPublicKey } from './secret.ts'
import { makeTestKeyPair } from './test-key-pair.ts'

describe('a test key pair', () => {
  it.each(schemes.filter(usesPublicKey).map((scheme) => [scheme.id, scheme] as const))(
    '%s: both halves are read back and belong together',
    async (_id, scheme) => {
      const pair = await makeTestKeyPair(scheme)
      const [own, given] = [pair?.privateKeyText, pair?.publicKeyText].map((text) =>
        readKeyPair(text ?? '', scheme.algorithm),
      )
      if (!own || !given || 'problem' in own || 'problem' in given) throw new Error('Unreadable.')
      expect(own.privateKey).not.toBeNull()
      expect(given.privateKey).toBeNull()
      expect(given.publicKey.equals(own.publicKey)).toBe(true)
    },
  )

  it.each([
    ['discord', /^[0-9a-f]{64}$/],
    ['standard-webhooks-v1a', /^whpk_[A-Za-z0-9+/]{43}=$/],
    ['sendgrid', /^MFkw[A-Za-z0-9+/=]+$/],
    ['telnyx', /^[A-Za-z0-9+/]{43}=$/],
    ['plaid', /^\{"kty":"EC",.*"crv":"P-256"\}$/],
    ['wise', /^-----BEGIN PUBLIC KEY-----\n/],
  ])('%s writes its public keys so', async (id, form) => {
    const pair = await makeTestKeyPair(schemeOf(id))
    expect(pair?.publicKeyText).toMatch(form)
    expect(pair?.publicKeyText).not.toContain('"d"')
    expect(pair?.privateKeyText).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
  })

  it('is not made where secrets are shared', async () => {
    expect(await makeTestKeyPair(schemeOf('stripe'))).toBeNull()
  })
})
