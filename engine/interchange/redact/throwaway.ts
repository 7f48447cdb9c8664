import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import type { Scheme } from '#contract/scheme.ts'
import { prepareSecret, usesPublicKey } from '#engine/signatures/secret.ts'
import { publicKeyText } from '#engine/signatures/test-key-pair.ts'
import type { PreparedSecret, Settings } from '#engine/signatures/types.ts'

/** A secret made for one export. */
export interface Throwaway {
  /** What verifies: the secret, or of a key pair the public key as the provider writes it. */
  text: string
  signer: PreparedSecret
}

/** Made anew at every call, in the form of the scheme: `whsec_…`, hex, base64, a key pair. */
export function makeThrowaway(scheme: Scheme, settings: Settings): Throwaway | { problem: string } {
  const pair = usesPublicKey(scheme) ? keyPair(scheme) : null
  const text = pair ? pem(pair.privateKey) : secretText(scheme)
  const made = prepareSecret(scheme, { id: null, name: 'the throwaway secret', text }, settings)
  if ('problem' in made) return made
  const [signer] = made.prepared
  if (!signer) return { problem: `No throwaway secret can be made for ${scheme.name}.` }
  return { text: pair ? publicKeyText(scheme, pair.publicKey) : text, signer }
}

function keyPair({ algorithm }: Scheme): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519')
  if (algorithm === 'ecdsa-p256-sha256') {
    return generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  }
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

function pem(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** 256 random bits in the first of these forms that fits what the provider's secrets look like. */
function secretText(scheme: Scheme): string {
  const { secretPrefix = '', secretPattern } = scheme
  if (scheme.algorithm === 'basic-auth') return `throwaway:${randomBytes(16).toString('hex')}`
  const key = randomBytes(32)
  const form = Array.isArray(scheme.key) ? scheme.key[0] : scheme.key
  const forms =
    form === 'base64url'
      ? [key.toString('base64url')]
      : form === 'base64'
        ? [key.toString('base64')]
        : form?.startsWith('base64-after-whsec')
          ? [`whsec_${key.toString('base64')}`]
          : form === 'base64-after-last-underscore'
            ? [`${secretPrefix || 'throwaway_'}${key.toString('base64')}`]
            : plainForms(key, secretPrefix)
  const pattern = secretPattern === undefined ? null : new RegExp(secretPattern, 'u')
  return forms.find((text) => !pattern || pattern.test(text)) ?? forms[0] ?? key.toString('hex')
}

function plainForms(key: Buffer, prefix: string): string[] {
  const hex = key.toString('hex')
  return [
    `${prefix}${hex}`,
    `${prefix}${hex.slice(0, 32)}`,
    `${prefix}${key.toString('base64')}`,
    `throwaway:${hex}`,
  ]
}
