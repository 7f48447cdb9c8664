import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Scheme } from '#contract/scheme.ts'

const generate = promisify(generateKeyPair)

/** A key pair of our own making, so that deliveries of the scheme can be signed here. */
export interface TestKeyPair {
  /** As the provider writes its public keys. */
  publicKeyText: string
  /** PKCS#8 in PEM: what is stored as a secret and signed with. */
  privateKeyText: string
}

/** `null`: the scheme has no key pairs. */
export async function makeTestKeyPair(scheme: Scheme): Promise<TestKeyPair | null> {
  const pair = await generated(scheme)
  if (!pair) return null
  return {
    publicKeyText: publicKeyText(scheme, pair.publicKey),
    privateKeyText: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

async function generated({ algorithm }: Scheme): Promise<Pair | null> {
  if (algorithm === 'ed25519') return generate('ed25519')
  if (algorithm === 'ecdsa-p256-sha256') return generate('ec', { namedCurve: 'prime256v1' })
  return algorithm.startsWith('rsa-') ? generate('rsa', { modulusLength: 2048 }) : null
}

interface Pair {
  publicKey: KeyObject
  privateKey: KeyObject
}

type Writer = (publicKey: KeyObject) => string

const writers = {
  pem: (key) => key.export({ type: 'spki', format: 'pem' }).toString(),
  jwk: (key) => JSON.stringify(key.export({ format: 'jwk' })),
  derBase64: (key) => der(key).toString('base64'),
  hex: (key) => rawEd25519(key).toString('hex'),
  rawBase64: (key) => rawEd25519(key).toString('base64'),
  whpk: (key) => `whpk_${rawEd25519(key).toString('base64')}`,
} satisfies Record<string, Writer>

/** How these providers hand out their public keys; all others do in PEM. */
const forms: Readonly<Record<string, keyof typeof writers>> = {
  discord: 'hex',
  fal: 'jwk',
  plaid: 'jwk',
  sendgrid: 'derBase64',
  'standard-webhooks-v1a': 'whpk',
  telnyx: 'rawBase64',
}

/** A public key as the provider of the scheme writes it. */
export function publicKeyText(scheme: Scheme, publicKey: KeyObject): string {
  return writers[forms[scheme.id] ?? 'pem'](publicKey)
}

function der(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key (RFC 8410, section 4). */
function rawEd25519(publicKey: KeyObject): Buffer {
  return der(publicKey).subarray(-32)
}
