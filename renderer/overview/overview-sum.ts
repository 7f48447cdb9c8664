import { addBins, idHash, thinSkews } from '#contract/overview-bins.ts'
import type { OverviewBucket, RetryGap, SkewSample } from '#contract/overview.ts'
import { type Verdict, verdicts } from '#contract/verdict.ts'

const MOST_SKEWS = 4_000
const MOST_GAPS = 3_000

/** The answers of several steps, added up. */
export interface OverviewSum {
  bucketMs: number
  /** By `fromMs`. */
  buckets: ReadonlyMap<number, OverviewBucket>
  skewSamples: readonly SkewSample[]
  retryGaps: readonly RetryGap[]
  counted: number
}

export function emptySum(bucketMs: number): OverviewSum {
  return { bucketMs, buckets: new Map(), skewSamples: [], retryGaps: [], counted: 0 }
}

function addVerdicts(
  one: OverviewBucket['verdicts'],
  other: OverviewBucket['verdicts'],
): OverviewBucket['verdicts'] {
  const sum = { ...one }
  for (const verdict of verdicts) {
    const more = other[verdict]
    if (more !== undefined) sum[verdict] = (sum[verdict] ?? 0) + more
  }
  return sum
}

const largest = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.max(one, other)

export function addBuckets(one: OverviewBucket, other: OverviewBucket): OverviewBucket {
  return {
    fromMs: one.fromMs,
    verdicts: addVerdicts(one.verdicts, other.verdicts),
    duplicates: one.duplicates + other.duplicates,
    bodyBytes: one.bodyBytes + other.bodyBytes,
    largestBody: Math.max(one.largestBody, other.largestBody),
    durations: addBins(one.durations, other.durations),
    slowestMs: largest(one.slowestMs, other.slowestMs),
    skews: addBins(one.skews, other.skews),
  }
}

function thinGaps(gaps: readonly RetryGap[]): readonly RetryGap[] {
  if (gaps.length <= MOST_GAPS) return gaps
  return [...gaps].sort((a, b) => idHash(a.id) - idHash(b.id)).slice(0, MOST_GAPS)
}

/** Adds a step, or a sum of others, whose buckets are as long. */
export function addStep(
  sum: OverviewSum,
  step: Omit<OverviewSum, 'bucketMs' | 'buckets'> & { buckets: Iterable<OverviewBucket> },
): OverviewSum {
  const buckets = new Map(sum.buckets)
  for (const bucket of step.buckets) {
    const known = buckets.get(bucket.fromMs)
    buckets.set(bucket.fromMs, known ? addBuckets(known, bucket) : bucket)
  }
  return {
    bucketMs: sum.bucketMs,
    buckets,
    skewSamples: thinSkews([...sum.skewSamples, ...step.skewSamples], sum.bucketMs, MOST_SKEWS),
    retryGaps: thinGaps([...sum.retryGaps, ...step.retryGaps]),
    counted: sum.counted + step.counted,
  }
}

export function addSums(one: OverviewSum, other: OverviewSum): OverviewSum {
  return addStep(one, { ...other, buckets: other.buckets.values() })
}

/** What of a sum lies in a span, in order of time; ends are exclusive. */
export interface OverviewShown {
  fromMs: number
  toMs: number
  bucketMs: number
  buckets: OverviewBucket[]
  skewSamples: SkewSample[]
  retryGaps: RetryGap[]
}

export function shownOf(sum: OverviewSum, fromMs: number, toMs: number): OverviewShown {
  const inside = ({ atMs }: { atMs: number }) => atMs >= fromMs && atMs < toMs
  return {
    fromMs,
    toMs,
    bucketMs: sum.bucketMs,
    buckets: [...sum.buckets.values()]
      .filter((bucket) => bucket.fromMs + sum.bucketMs > fromMs && bucket.fromMs < toMs)
      .sort((a, b) => a.fromMs - b.fromMs),
    skewSamples: sum.skewSamples.filter(inside),
    retryGaps: sum.retryGaps.filter(inside),
  }
}

export function countOf(bucket: OverviewBucket): number {
  return verdicts.reduce((sum, verdict) => sum + (bucket.verdicts[verdict] ?? 0), 0)
}

/** All buckets as one; `null`: there are none. */
export function totalOf(buckets: readonly OverviewBucket[]): OverviewBucket | null {
  return buckets.length === 0 ? null : buckets.reduce(addBuckets)
}

/** Buckets joined with their neighbours, so that a line through them has at most `most` points. */
export function joined(
  { buckets, bucketMs, fromMs, toMs }: OverviewShown,
  most: number,
): { bucketMs: number; buckets: OverviewBucket[] } {
  const times = Math.max(1, Math.ceil((toMs - fromMs) / bucketMs / most))
  const longMs = bucketMs * times
  const long = new Map<number, OverviewBucket>()
  for (const bucket of buckets) {
    const begin = Math.floor(bucket.fromMs / longMs) * longMs
    const known = long.get(begin)
    long.set(begin, known ? addBuckets(known, bucket) : { ...bucket, fromMs: begin })
  }
  return { bucketMs: longMs, buckets: [...long.values()] }
}

/** The verdicts that occur, in the order they are stacked: valid at the bottom. */
export function verdictsIn(total: OverviewBucket | null): Verdict[] {
  return verdicts.filter((verdict) => (total?.verdicts[verdict] ?? 0) > 0).reverse()
}
