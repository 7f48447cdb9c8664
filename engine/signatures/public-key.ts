import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Algorithm } from '#contract/scheme.ts'

/** Keys of an asymmetric scheme, read from one text. */
export interface KeyPair {
  publicKey: KeyObject
  /** Only where the text is a private key: a test pair. */
  privateKey: KeyObject | null
}

/** A JSON Web Key (RFC 7517); the members that count are all texts. */
const Jwk = z.record(z.string(), z.unknown())

/** DER of an Ed25519 SubjectPublicKeyInfo (RFC 8410, section 4) up to its 32 bytes. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')
/** DER of an Ed25519 PKCS#8 key (RFC 8410, section 7) up to its 32-byte seed. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Reads a public key: PEM (SPKI, PKCS#1, X.509 certificate), JWK, base64 of DER, or the raw 32
 * bytes of an Ed25519 key in hex or base64 (also after `whpk_`). A private key in PEM, JWK, base64
 * of PKCS#8, or `whsk_` gives both halves. A text says what is wrong.
 */
export function readKeyPair(text: string, algorithm: Algorithm): KeyPair | { problem: string } {
  const pair = parsePair(text.trim(), algorithm)
  if (!pair) return { problem: `This is not a public key; ${expected(algorithm)}.` }
  const type = pair.publicKey.asymmetricKeyType
  if (!fits(pair.publicKey, algorithm)) {
    return { problem: `This is a key of the kind ${type ?? 'unknown'}; ${expected(algorithm)}.` }
  }
  return pair
}

/** Shorter RSA keys are no longer to be used (NIST SP 800-131A); 512 bits are factored in hours. */
const FEWEST_RSA_BITS = 2048

/** One sentence when a key can be read but proves little; else `null`. */
export function keyWarning(text: string, algorithm: Algorithm): string | null {
  const pair = readKeyPair(text, algorithm)
  if ('problem' in pair) return null
  const { modulusLength, publicExponent } = pair.publicKey.asymmetricKeyDetails ?? {}
  if (modulusLength !== undefined && modulusLength < FEWEST_RSA_BITS) {
    return `This RSA key has only ${modulusLength} bits: others can sign as if they had its private half.`
  }
  if (publicExponent !== undefined && publicExponent < 3n) {
    return 'This RSA key has the exponent 1: anybody can sign as if they had its private half.'
  }
  return null
}

function expected(algorithm: Algorithm): string {
  if (algorithm === 'ed25519')
    return 'paste the Ed25519 public key in PEM, JWK, or its 32 bytes in hex or base64'
  if (algorithm === 'ecdsa-p256-sha256') return 'paste the P-256 public key in PEM, JWK, or base64'
  return 'paste the RSA public key or the certificate in PEM, JWK, or base64'
}

function fits(key: KeyObject, algorithm: Algorithm): boolean {
  if (algorithm === 'ed25519') return key.asymmetricKeyType === 'ed25519'
  if (algorithm === 'ecdsa-p256-sha256') {
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  }
  if (key.asymmetricKeyType === 'rsa') return true
  // A key for PSS alone (RFC 4055, 3.1) would be used for PSS whatever the scheme says.
  return algorithm === 'rsa-pss-sha256' && key.asymmetricKeyType === 'rsa-pss' && takesSha256(key)
}

/** A key may be bound to one digest. */
function takesSha256({ asymmetricKeyDetails: details }: KeyObject): boolean {
  const { hashAlgorithm = 'sha256', mgf1HashAlgorithm = 'sha256', saltLength = 32 } = details ?? {}
  return hashAlgorithm === 'sha256' && mgf1HashAlgorithm === 'sha256' && saltLength <= 32
}

function parsePair(text: string, algorithm: Algorithm): KeyPair | null {
  if (text.startsWith('-----BEGIN ')) return attempt(() => fromPem(text))
  if (text.startsWith('{')) return attempt(() => fromJwk(text))
  if (algorithm === 'ed25519') {
    const raw = attempt(() => fromRawEd25519(text))
    if (raw) return raw
  }
  const bytes = /^[A-Za-z0-9+/_=\s-]+$/.test(text) ? Buffer.from(text, 'base64') : null
  if (!bytes || bytes.byteLength < 40) return null
  return (
    attempt(() => onlyPublic(createPublicKey({ key: bytes, format: 'der', type: 'spki' }))) ??
    attempt(() => both(createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }))) ??
    attempt(() => onlyPublic(createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' })))
  )
}

/** node:crypto throws for what is no key; that is one of the expected answers here. */
function attempt(make: () => KeyPair | null): KeyPair | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

const onlyPublic = (publicKey: KeyObject): KeyPair => ({ publicKey, privateKey: null })
const both = (privateKey: KeyObject): KeyPair => ({
  publicKey: createPublicKey(privateKey),
  privateKey,
})

function fromPem(text: string): KeyPair {
  return text.includes('PRIVATE KEY-----')
    ? both(createPrivateKey(text))
    : onlyPublic(createPublicKey(text))
}

function fromJwk(text: string): KeyPair | null {
  const parsed = Jwk.safeParse(JSON.parse(text))
  if (!parsed.success) return null
  const key: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed.data)) {
    if (typeof value === 'string') key[name] = value
  }
  return key.d === undefined
    ? onlyPublic(createPublicKey({ key, format: 'jwk' }))
    : both(createPrivateKey({ key, format: 'jwk' }))
}

function fromRawEd25519(text: string): KeyPair | null {
  if (text.startsWith('whsk_')) {
    // Standard Webhooks: the 64 bytes are the seed and the public key.
    const seed = Buffer.from(text.slice(5), 'base64').subarray(0, 32)
    if (seed.byteLength !== 32) return null
    const key = Buffer.concat([ED25519_PKCS8, seed])
    return both(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
  }
  const bare = text.startsWith('whpk_') ? text.slice(5) : text
  const raw = /^[0-9a-fA-F]{64}$/.test(bare)
    ? Buffer.from(bare, 'hex')
    : Buffer.from(bare, 'base64')
  if (raw.byteLength !== 32) return null
  const key = Buffer.concat([ED25519_SPKI, raw])
  return onlyPublic(createPublicKey({ key, format: 'der', type: 'spki' }))
}
