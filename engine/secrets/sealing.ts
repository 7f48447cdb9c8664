import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM with 96-bit nonces and full tags (NIST SP 800-38D). */
const ALGORITHM = 'aes-256-gcm'
export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** First byte of everything sealed; a later form gets another. */
const VERSION = 1

/** The version is authenticated too, so that no later form can be mistaken for this one. */
function associatedData(context: string): Buffer {
  return Buffer.from(`countersign sealed ${VERSION}\0${context}`, 'utf8')
}

/**
 * Seals bytes under a key. Layout: version, nonce (12), ciphertext, tag (16).
 * @param key 32 bytes
 * @param context authenticated with it: only the same context opens it
 */
export function sealBytes(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, body, cipher.getAuthTag()])
}

/** Inverse of sealBytes; `null` when key or context are others, or a bit was changed. */
export function unsealBytes(key: Uint8Array, sealed: Uint8Array, context: string): Buffer | null {
  if (sealed.byteLength < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) return null
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const tagAt = sealed.byteLength - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(context))
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plain = decipher.update(sealed.subarray(1 + NONCE_BYTES, tagAt))
  try {
    decipher.final()
    return plain
  } catch {
    // Node throws for a tag that does not match; what was decrypted until then is not to be used.
    plain.fill(0)
    return null
  }
}
