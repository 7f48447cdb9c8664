import { createHash } from 'node:crypto'
import { compile } from './compile.ts'
import { readHead } from './reading.ts'
import type { RequestHead, Scheme } from './types.ts'

/**
 * SHA-256 (hex) over the received signature and timestamp texts, for telling an exact replay from a
 * retry; `null`: the request carries no signature.
 */
export function signatureDigest(scheme: Scheme, head: RequestHead): string | null {
  const { signatureText, timestampText } = readHead(compile(scheme), head)
  if (signatureText === null) return null
  return createHash('sha256')
    .update(`${signatureText}\n${timestampText ?? ''}`)
    .digest('hex')
}
