import { randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { KEY_BYTES } from './sealing.ts'

/** RFC 7914; N = 2^17, r = 8, p = 1 as OWASP's Password Storage Cheat Sheet recommends (128 MiB). */
const COST = { N: 2 ** 17, r: 8, p: 1 }

/** Bounded, since a damaged row must not be able to take all memory. */
export const PassphraseParameters = z.object({
  salt: z.base64(),
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.number().int().min(1).max(16),
  p: z.number().int().min(1).max(4),
})
export type PassphraseParameters = z.infer<typeof PassphraseParameters>

export function newPassphraseParameters(): PassphraseParameters {
  return { salt: randomBytes(16).toString('base64'), ...COST }
}

/** Derives 32 bytes; takes about half a second, off the main thread. */
export function derivePassphraseKey(
  passphrase: string,
  { salt, N, r, p }: PassphraseParameters,
): Promise<Buffer> {
  // The same characters, typed on different systems, are the same passphrase (RFC 8265, NFC).
  const text = passphrase.normalize('NFC')
  const maxmem = 256 * N * r
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'base64'), KEY_BYTES, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
