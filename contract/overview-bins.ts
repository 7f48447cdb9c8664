import type { Bins, SkewSample } from './overview.ts'

const SMALLEST = 0.01
const RATIO = Math.log(1.08)

/** The bin of a value, signed; within 4 % of it, and to 0.01 near zero. */
export function binOf(value: number): number {
  const bin = Math.round(Math.log1p(Math.abs(value) / SMALLEST) / RATIO)
  return value < 0 ? -bin : bin
}

/** The value in the middle of a bin. */
export function valueOfBin(bin: number): number {
  const value = SMALLEST * Math.expm1(Math.abs(bin) * RATIO)
  return bin < 0 ? -value : value
}

export function addBins(one: Bins, other: Bins): Bins {
  const sums = new Map(one)
  for (const [bin, count] of other) sums.set(bin, (sums.get(bin) ?? 0) + count)
  return [...sums].sort(([a], [b]) => a - b)
}

/** The value that this share (0 to 1) of all lies at or below; `null`: there is nothing. */
export function percentile(bins: Bins, share: number): number | null {
  const total = bins.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return null
  let left = Math.max(1, Math.ceil(total * share))
  for (const [bin, count] of bins) {
    left -= count
    if (left <= 0) return valueOfBin(bin)
  }
  return null
}

/** Spreads ids evenly over 32 bits, the same each time (Knuth's multiplicative hash). */
export function idHash(id: number): number {
  return Math.imul(id, 2_654_435_761) >>> 0
}

/**
 * At most `limit` samples, in order of id: the least and the most of every bucket first, then
 * evenly. What one step kept can be thinned again together with another's.
 */
export function thinSkews(
  samples: readonly SkewSample[],
  bucketMs: number,
  limit: number,
): SkewSample[] {
  if (samples.length <= limit) return [...samples].sort((a, b) => a.id - b.id)
  const least = new Map<number, SkewSample>()
  const most = new Map<number, SkewSample>()
  for (const sample of samples) {
    const bucket = Math.floor(sample.atMs / bucketMs)
    const low = least.get(bucket)
    const high = most.get(bucket)
    if (!low || sample.skewSeconds < low.skewSeconds) least.set(bucket, sample)
    if (!high || sample.skewSeconds > high.skewSeconds) most.set(bucket, sample)
  }
  const kept = new Set([...least.values(), ...most.values()])
  const rest = samples.filter((sample) => !kept.has(sample))
  rest.sort((a, b) => idHash(a.id) - idHash(b.id))
  for (const sample of rest) {
    if (kept.size >= limit) break
    kept.add(sample)
  }
  return [...kept].sort((a, b) => a.id - b.id)
}
