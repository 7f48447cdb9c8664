import type { Hash, Hmac } from 'node:crypto'
import type { SignatureForm } from '#contract/scheme.ts'

export type Encoding = SignatureForm['encoding']

/** The text of a digest; consumes it. */
export function encodeDigest(digest: Hash | Hmac, encoding: Encoding): string {
  if (encoding === 'upper-hex') return digest.digest('hex').toUpperCase()
  return digest.digest(encoding === 'text' ? 'hex' : encoding)
}

export function encodeBytes(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'upper-hex') return bytes.toString('hex').toUpperCase()
  return bytes.toString(encoding === 'text' ? 'hex' : encoding)
}

/** The bytes that a text stands for, written exactly as the encoding says; else `null`. */
export function decodeSignature(text: string, encoding: Encoding): Buffer | null {
  if (encoding === 'text') return Buffer.from(text)
  const bytes = Buffer.from(text, encoding === 'upper-hex' ? 'hex' : encoding)
  return encodeBytes(bytes, encoding) === text ? bytes : null
}

/** What a decoder that forgives makes of a text, written as the encoding says. */
export function decodeLaxly(text: string, encoding: Encoding): string {
  const bytes = Buffer.from(
    text,
    encoding === 'upper-hex' || encoding === 'text' ? 'hex' : encoding,
  )
  return encodeBytes(bytes, encoding)
}
