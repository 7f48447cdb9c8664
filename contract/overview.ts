import { z } from 'zod'
import { UnixMs } from './bounds.ts'
import { DuplicateKind, Verdict } from './verdict.ts'

/**
 * A histogram that can be added up: `[bin, count]`, bins rising, those of contract/overview-bins.ts
 * (each value is told to within 4 %).
 */
export const Bins = z.array(z.tuple([z.number(), z.number()]))
export type Bins = z.infer<typeof Bins>

/** A span of the overview; at most 400 of them. Everything in it can be added to another step's. */
export const OverviewBucket = z.object({
  /** A whole multiple of `bucketMs`. */
  fromMs: z.number(),
  /** Arrivals by verdict; absent: none. */
  verdicts: z.partialRecord(Verdict, z.number()),
  duplicates: z.number(),
  bodyBytes: z.number(),
  largestBody: z.number(),
  /** Milliseconds from receipt to answer, of those whose answer is known. */
  durations: Bins,
  slowestMs: z.number().nullable(),
  /** Seconds, of those that have a timestamp; replays of ours apart. */
  skews: Bins,
})
export type OverviewBucket = z.infer<typeof OverviewBucket>

export const SkewSample = z.object({
  id: z.number(),
  atMs: z.number(),
  skewSeconds: z.number(),
  verdict: Verdict,
})
export type SkewSample = z.infer<typeof SkewSample>

export const RetryGap = z.object({
  id: z.number(),
  /** 2 for the first repetition, and so on. */
  attempt: z.number(),
  kind: DuplicateKind,
  atMs: z.number(),
  /** Since the attempt before it. */
  gapMs: z.number(),
})
export type RetryGap = z.infer<typeof RetryGap>

export const OverviewInput = z.object({
  /** `null`: all endpoints. */
  endpoint: z
    .union([z.literal('catch-all'), z.coerce.number().int()])
    .nullable()
    .default(null),
  /** `null`: since the first delivery. */
  fromMs: UnixMs.nullable().default(null),
  /** Exclusive. */
  toMs: UnixMs,
  /** Of an earlier answer, so that its buckets can be added to; `null`: chosen to suit the span. */
  bucketMs: z.coerce.number().int().min(1_000).nullable().default(null),
  /** Only deliveries after this one: `lookedTo` of the answer before. */
  afterId: z.coerce.number().int().min(0).default(0),
})
export type OverviewInput = z.infer<typeof OverviewInput>

/**
 * Pictures of the deliveries of a time span, oldest first. A step takes bounded time; `lookedTo`
 * goes into the next as `afterId`, also later for what arrived since. Deliveries that are being
 * deleted are left out. Samples are thinned so that there are never more than 1,000 of a kind a step: those
 * that would be drawn on one another are one, and the extremes of every bucket are kept.
 */
export const Overview = z.object({
  /** The beginning of the span, also where none was asked for. */
  fromMs: z.number(),
  bucketMs: z.number(),
  buckets: z.array(OverviewBucket),
  skewSamples: z.array(SkewSample),
  /** Gaps between attempts of one message; replays of ours apart. */
  retryGaps: z.array(RetryGap),
  /** Deliveries counted in this step. */
  counted: z.number(),
  lookedTo: z.number(),
  /** The newest delivery: `lookedTo` gets there. */
  lastId: z.number(),
  hasMore: z.boolean(),
})
export type Overview = z.infer<typeof Overview>
