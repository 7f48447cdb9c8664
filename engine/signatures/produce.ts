import { createSign, sign as signBytes } from 'node:crypto'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import type { Part } from './claims.ts'
import { encodeBytes } from './encoding.ts'
import { digestName, digestsOver, partText, signatureKey, startCheck } from './running.ts'
import type { PreparedSecret } from './types.ts'
import { signedBodyText, type WholeBody } from './whole-body.ts'

/** The bytes of signed content over a body that is known whole. */
export function contentBytes(
  scheme: Scheme,
  parts: readonly Part[],
  secret: PreparedSecret,
  body: WholeBody,
): Buffer {
  const digests = digestsOver(parts, () => [body.bytes])
  const raw = signedBodyText(scheme, body) ?? body.bytes
  return Buffer.concat(
    parts.map((part) => Buffer.from(partText(part, secret, digests, body) ?? raw)),
  )
}

/** The signature of a content, encoded as the scheme writes it. Asymmetric ones need `privateKey`. */
export function produceSignature(
  scheme: Scheme,
  algorithm: Algorithm,
  content: Uint8Array,
  secret: PreparedSecret,
): string {
  const form = scheme.signature
  if (algorithm === 'shared-token') return secret.keyText
  if (algorithm === 'basic-auth') return Buffer.from(secret.keyText).toString('base64')
  const running = startCheck({ algorithm, form, secret, signatures: [] })
  running.update(content)
  const { expected } = running.finish()
  if (expected !== null) return expected
  const { privateKey } = secret
  if (!privateKey) throw new Error('There is no private key to sign with.')
  const signature =
    algorithm === 'ed25519'
      ? signBytes(null, content, privateKey)
      : createSign(digestName(algorithm))
          .update(content)
          .sign(signatureKey(privateKey, algorithm, form))
  return encodeBytes(signature, form.encoding)
}
