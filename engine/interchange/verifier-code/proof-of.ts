import type { Algorithm, KeyForm, Scheme } from '#contract/scheme.ts'
import type { Digest, Part, Proof } from './plan.ts'

export function proofOf(scheme: Scheme, keyText: Part[] | null): Proof {
  const { algorithm } = scheme
  const keys: readonly KeyForm[] = typeof scheme.key === 'string' ? [scheme.key] : scheme.key
  switch (algorithm) {
    case 'shared-token':
      return { kind: 'token' }
    case 'basic-auth':
      return { kind: 'basic' }
    case 'ed25519':
      return { kind: 'ed25519' }
    case 'ecdsa-p256-sha256':
      return {
        kind: 'ecdsa',
        signature: scheme.jwt ? 'p1363' : (scheme.signature.ecdsa ?? 'der'),
      }
    case 'rsa-sha1':
      return { kind: 'rsa', digest: 'sha1', pss: false }
    case 'rsa-sha256':
    case 'rsa-pss-sha256':
      return { kind: 'rsa', digest: 'sha256', pss: algorithm === 'rsa-pss-sha256' }
    case 'sha1':
    case 'sha256':
    case 'sha384':
    case 'sha512':
      return { kind: 'digest', digest: algorithm }
    case 'hmac-sha1':
    case 'hmac-sha256':
    case 'hmac-sha384':
    case 'hmac-sha512':
      break
  }
  const texts = keyText?.filter((part) => part.kind !== 'body') ?? null
  return { kind: 'hmac', digest: hmacDigest(algorithm), keys, keyText: texts }
}

function hmacDigest(algorithm: Algorithm): Digest {
  if (algorithm === 'hmac-sha1') return 'sha1'
  if (algorithm === 'hmac-sha384') return 'sha384'
  return algorithm === 'hmac-sha512' ? 'sha512' : 'sha256'
}

export function jwtAlgorithm(algorithm: Algorithm): string {
  const known: Partial<Record<Algorithm, string>> = {
    'hmac-sha256': 'HS256',
    'hmac-sha384': 'HS384',
    'hmac-sha512': 'HS512',
    'ecdsa-p256-sha256': 'ES256',
    'rsa-sha256': 'RS256',
    'rsa-pss-sha256': 'PS256',
    ed25519: 'EdDSA',
  }
  return known[algorithm] ?? 'none'
}

export function algorithmLabel({ algorithm, jwt }: Scheme): string {
  if (jwt) return `JWT, ${jwtAlgorithm(algorithm)}`
  const known: Partial<Record<Algorithm, string>> = {
    ed25519: 'Ed25519',
    'ecdsa-p256-sha256': 'ECDSA P-256 with SHA-256',
    'rsa-pss-sha256': 'RSA-PSS with SHA-256',
    'shared-token': 'a shared token',
    'basic-auth': 'HTTP Basic authentication',
  }
  return known[algorithm] ?? algorithm.toUpperCase().replace(/\bSHA(\d)/, 'SHA$1')
}

export function isPublicKey({ kind }: Proof): boolean {
  return kind === 'ed25519' || kind === 'ecdsa' || kind === 'rsa'
}

export function secretNoun(algorithm: Algorithm): string {
  if (algorithm === 'shared-token') return 'WEBHOOK_TOKENS'
  if (algorithm === 'basic-auth') return 'WEBHOOK_CREDENTIALS'
  return /^(?:ed25519|ecdsa|rsa)/.test(algorithm) ? 'PUBLIC_KEYS' : 'WEBHOOK_SECRETS'
}
