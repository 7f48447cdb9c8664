import { createHash } from 'node:crypto'
import type { Reading } from './reading.ts'

/**
 * SHA-256 (hex) over the received signature and timestamp texts, for telling an exact replay from a
 * retry; `null`: the request carries no signature.
 */
export function signatureDigest({ signatureText, timestampText }: Reading): string | null {
  if (signatureText === null) return null
  return createHash('sha256')
    .update(`${signatureText}\n${timestampText ?? ''}`)
    .digest('hex')
}
