import { z } from 'zod'
import { GivenHeader, GivenSecret, GivenSettings, UnixSeconds } from './bounds.ts'
import { RawHeader } from './http.ts'

/** A request that a person pasted: a raw HTTP message, a cURL command, or headers and body. */
export const PastedRequest = z.object({
  method: z.string(),
  target: z.string(),
  rawHeaders: z.array(RawHeader),
  bodyBase64: z.string(),
})
export type PastedRequest = z.infer<typeof PastedRequest>

/** As it is given; its body has at most 64 MiB. */
const GivenRequest = z.object({
  method: z.string().max(200),
  target: z.string().max(2_000_000),
  rawHeaders: z.array(GivenHeader).max(20_000),
  bodyBase64: z.string().max(90_000_000),
})

export const VerifyInput = z.object({
  request: GivenRequest,
  schemeId: z.string().max(60).nullable(),
  secrets: z.array(GivenSecret).max(100),
  settings: GivenSettings.default({}),
  /** The moment of judging, unix seconds; `null`: now. */
  atUnixSeconds: UnixSeconds.nullable().default(null),
  /** The public URL the provider called, for schemes that sign it. */
  url: z.string().max(65_536).nullable().default(null),
  /** Keep it as a delivery on the catch-all. */
  store: z.boolean().default(false),
})
export type VerifyInput = z.infer<typeof VerifyInput>
