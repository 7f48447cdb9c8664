import type { Batch } from '#contract/replay.ts'

/** Each bucket is so much wider than the one before: values are told within half a percent. */
const GROWTH = 1.01
const SMALLEST_MS = 0.01

/** Latencies of any number of answers in a fixed amount of memory; the maximum is exact. */
export interface Latencies {
  add(ms: number): void
  /** `null`: none was added. */
  summary(): Batch['latencyMs']
}

export function createLatencies(): Latencies {
  const counts = new Map<number, number>()
  let total = 0
  let max = 0
  const percentile = (buckets: readonly (readonly [number, number])[], share: number): number => {
    // The nearest rank: the smallest value that at least this share does not exceed.
    let left = Math.ceil(total * share)
    for (const [bucket, count] of buckets) {
      left -= count
      if (left <= 0) return Math.min(max, rounded(valueOf(bucket)))
    }
    return max
  }
  return {
    add(ms) {
      const bucket = bucketOf(ms)
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
      total++
      max = Math.max(max, rounded(ms))
    },
    summary() {
      if (total === 0) return null
      const buckets = [...counts].sort(([a], [b]) => a - b)
      const at = (share: number): number => percentile(buckets, share)
      return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max }
    },
  }
}

function bucketOf(ms: number): number {
  return ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / Math.log(GROWTH))
}

/** The middle of a bucket. */
function valueOf(bucket: number): number {
  return SMALLEST_MS * GROWTH ** (bucket - 0.5)
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
