import { z } from 'zod'
import { Verdict } from './verdict.ts'

/** A span of the overview; at most 400 of them. */
export const OverviewBucket = z.object({
  fromMs: z.number(),
  /** Arrivals by verdict; absent: none. */
  verdicts: z.partialRecord(Verdict, z.number()),
  duplicates: z.number(),
  bodyBytes: z.number(),
  /** Milliseconds from receipt to answer. */
  durationMs: z.object({ p50: z.number(), p95: z.number(), max: z.number() }).nullable(),
  /** Seconds, of those that have a timestamp. */
  skewSeconds: z.object({ least: z.number(), middle: z.number(), most: z.number() }).nullable(),
})

export const OverviewInput = z.object({
  /** `null`: all endpoints. */
  endpoint: z
    .union([z.literal('catch-all'), z.coerce.number().int()])
    .nullable()
    .default(null),
  fromMs: z.coerce.number(),
  toMs: z.coerce.number(),
  /** Where the last answer stopped. */
  cursor: z.coerce.number().nullable().default(null),
})

/**
 * Pictures of the deliveries of a time span. A step takes bounded time; `cursor` says where the
 * next one goes on. Samples are thinned evenly so that there are never more than 2,000.
 */
export const Overview = z.object({
  bucketMs: z.number(),
  buckets: z.array(OverviewBucket),
  skewSamples: z.array(
    z.object({ id: z.number(), atMs: z.number(), skewSeconds: z.number(), verdict: Verdict }),
  ),
  /** Gaps between attempts of one message. */
  retryGaps: z.array(
    z.object({ id: z.number(), attempt: z.number(), atMs: z.number(), gapMs: z.number() }),
  ),
  /** Of the deliveries looked at in this step. */
  counted: z.number(),
  cursor: z.number().nullable(),
})
export type Overview = z.infer<typeof Overview>
