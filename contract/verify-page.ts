import { z } from 'zod'
import { RawHeader } from './http.ts'

/** A request that a person pasted: a raw HTTP message, a cURL command, or headers and body. */
export const PastedRequest = z.object({
  method: z.string(),
  target: z.string(),
  rawHeaders: z.array(RawHeader),
  bodyBase64: z.string(),
})
export type PastedRequest = z.infer<typeof PastedRequest>

export const VerifyInput = z.object({
  request: PastedRequest,
  schemeId: z.string().nullable(),
  secrets: z.array(z.string()),
  settings: z.record(z.string(), z.string()).default({}),
  /** The moment of judging, unix seconds; `null`: now. */
  atUnixSeconds: z.number().nullable().default(null),
  /** The public URL the provider called, for schemes that sign it. */
  url: z.string().nullable().default(null),
  /** Keep it as a delivery on the catch-all. */
  store: z.boolean().default(false),
})
export type VerifyInput = z.infer<typeof VerifyInput>
