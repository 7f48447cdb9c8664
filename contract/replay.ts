import { z } from 'zod'
import { RawHeader } from './http.ts'

export const NewReplay = z.object({
  deliveryId: z.number(),
  url: z.url({ protocol: /^https?$/, error: 'The target is an http:// or https:// URL.' }),
  /** Sign anew now with the endpoint's secret; otherwise the bytes go out as they came. */
  resign: z.boolean(),
  messageId: z.enum(['same', 'new']).default('same'),
})
export type NewReplay = z.infer<typeof NewReplay>

/** One request that Countersign sent, and the answer it got. */
export const Replay = z.object({
  id: z.number(),
  deliveryId: z.number(),
  startedAtMs: z.number(),
  url: z.string(),
  resigned: z.boolean(),
  messageId: z.string().nullable(),
  /** The delivery that it became, when it went into our own listener. */
  arrivedAsDeliveryId: z.number().nullable(),
  request: z.object({
    method: z.string(),
    target: z.string(),
    rawHeaders: z.array(RawHeader),
    bodyByteLength: z.number(),
  }),
  /** `null` while it is under way or when it failed. */
  answer: z
    .object({
      status: z.number(),
      statusMessage: z.string(),
      rawHeaders: z.array(RawHeader),
      /** At most the first 1 MiB, decoded as UTF-8 with replacement characters. */
      bodyText: z.string(),
      bodyByteLength: z.number(),
      truncated: z.boolean(),
    })
    .nullable(),
  /** One sentence, when no answer came. */
  error: z.string().nullable(),
  timings: z
    .object({
      connectMs: z.number().nullable(),
      firstByteMs: z.number().nullable(),
      totalMs: z.number(),
    })
    .nullable(),
})
export type Replay = z.infer<typeof Replay>
