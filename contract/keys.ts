import { z } from 'zod'
import { SecretInfo } from './endpoint.ts'

/** A key pair for tests; the private half is told only while it is stored nowhere. */
export const TestKeyPair = z.object({
  publicKeyText: z.string(),
  privateKeyText: z.string().nullable(),
  /** The secret of the endpoint that it became. */
  stored: SecretInfo.nullable(),
})
export type TestKeyPair = z.infer<typeof TestKeyPair>

/** What can be done about a key that is not here. */
export const KeyOffer = z.object({
  /** The host that would be asked; `null`: nothing can be asked for. */
  host: z.string().nullable(),
  /** Where to get the key by hand, or why the address that the delivery names is not asked. */
  sentence: z.string(),
})
export type KeyOffer = z.infer<typeof KeyOffer>
