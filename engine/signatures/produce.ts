import { createHash, createHmac, createSign, sign as signBytes } from 'node:crypto'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import type { Part } from './claims.ts'
import { crc32 } from './crc32.ts'
import { encodeBytes, encodeDigest } from './encoding.ts'
import { digestName, signatureKey } from './running.ts'
import type { PreparedSecret } from './types.ts'
import { signedBodyText, type WholeBody } from './whole-body.ts'

/** The bytes of signed content over a body that is known whole. */
export function contentBytes(
  scheme: Scheme,
  parts: readonly Part[],
  secret: PreparedSecret,
  body: WholeBody,
): Buffer {
  const chunks = parts.map((part): Uint8Array => {
    if (part.kind === 'secret') return Buffer.from(secret.keyText)
    if (part.kind !== 'body') return Buffer.from(part.text)
    if (part.as === 'sha256-hex') {
      return Buffer.from(createHash('sha256').update(body.bytes).digest('hex'))
    }
    if (part.as === 'crc32') return Buffer.from(String(crc32(body.bytes)))
    if (part.as === 'json-string') return Buffer.from(JSON.stringify(body.text ?? ''))
    const text = signedBodyText(scheme, body)
    return text === null ? body.bytes : Buffer.from(text)
  })
  return Buffer.concat(chunks)
}

/** The signature of a content, encoded as the scheme writes it. Asymmetric ones need `privateKey`. */
export function produceSignature(
  scheme: Scheme,
  algorithm: Algorithm,
  content: Uint8Array,
  secret: PreparedSecret,
): string {
  const { encoding } = scheme.signature
  switch (algorithm) {
    case 'shared-token':
      return secret.keyText
    case 'basic-auth':
      return Buffer.from(secret.keyText).toString('base64')
    case 'sha1':
    case 'sha256':
    case 'sha384':
    case 'sha512':
      return encodeDigest(createHash(algorithm).update(content), encoding)
    case 'hmac-sha1':
    case 'hmac-sha256':
    case 'hmac-sha384':
    case 'hmac-sha512':
      return encodeDigest(createHmac(digestName(algorithm), secret.key).update(content), encoding)
    case 'ed25519':
    case 'ecdsa-p256-sha256':
    case 'rsa-sha1':
    case 'rsa-sha256':
    case 'rsa-pss-sha256':
      break
  }
  if (!secret.privateKey) throw new Error('There is no private key to sign with.')
  if (algorithm === 'ed25519')
    return encodeBytes(signBytes(null, content, secret.privateKey), encoding)
  const key = signatureKey(secret.privateKey, algorithm, scheme.signature)
  return encodeBytes(createSign(digestName(algorithm)).update(content).sign(key), encoding)
}
