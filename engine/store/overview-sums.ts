import { binOf, idHash, thinSkews } from '#contract/overview-bins.ts'
import type { Bins, OverviewBucket, SkewSample } from '#contract/overview.ts'
import type { Verdict } from '#contract/verdict.ts'

const MOST_SAMPLES = 1_000
/** Columns of cells in a bucket: about what a screen can tell apart. */
const COLUMNS = 2

/** id, received at, verdict, repeated, replay of ours, bytes, skew, duration. */
export type OverviewRow = [
  number,
  number,
  Verdict,
  number,
  number,
  number,
  number | null,
  number | null,
]

interface Sums {
  verdicts: Partial<Record<Verdict, number>>
  duplicates: number
  bodyBytes: number
  largestBody: number
  durations: Map<number, number>
  slowestMs: number | null
  skews: Map<number, number>
}

const count = (bins: Map<number, number>, bin: number) => bins.set(bin, (bins.get(bin) ?? 0) + 1)
const inOrder = (bins: Map<number, number>): Bins => [...bins].sort(([a], [b]) => a - b)

/** Adds rows up into buckets, and keeps one sample of those that would be drawn on one another. */
export class OverviewSums {
  readonly #bucketMs: number
  readonly #buckets = new Map<number, Sums>()
  /** One sample for each stretch of time and bin of skew: whatever stands alone is kept. */
  readonly #cells = new Map<number, Map<number, SkewSample>>()
  counted = 0

  constructor(bucketMs: number) {
    this.#bucketMs = bucketMs
  }

  add([id, atMs, verdict, repeated, replay, size, skew, duration]: OverviewRow): void {
    const sums = this.#bucket(Math.floor(atMs / this.#bucketMs))
    this.counted += 1
    sums.verdicts[verdict] = (sums.verdicts[verdict] ?? 0) + 1
    sums.duplicates += repeated
    sums.bodyBytes += size
    if (size > sums.largestBody) sums.largestBody = size
    if (duration !== null) {
      count(sums.durations, binOf(duration))
      if (sums.slowestMs === null || duration > sums.slowestMs) sums.slowestMs = duration
    }
    // A replay of ours is as old as what it repeats, which says nothing of the provider's clock.
    if (skew !== null && replay === 0) this.#skew(sums, id, atMs, verdict, skew)
  }

  #bucket(index: number): Sums {
    const known = this.#buckets.get(index)
    if (known) return known
    const sums: Sums = {
      verdicts: {},
      duplicates: 0,
      bodyBytes: 0,
      largestBody: 0,
      durations: new Map(),
      slowestMs: null,
      skews: new Map(),
    }
    this.#buckets.set(index, sums)
    return sums
  }

  #skew(sums: Sums, id: number, atMs: number, verdict: Verdict, skewSeconds: number): void {
    const bin = binOf(skewSeconds)
    count(sums.skews, bin)
    const column = Math.floor((atMs / this.#bucketMs) * COLUMNS)
    let cells = this.#cells.get(column)
    if (!cells) this.#cells.set(column, (cells = new Map()))
    const kept = cells.get(bin)
    if (!kept || idHash(id) < idHash(kept.id)) cells.set(bin, { id, atMs, skewSeconds, verdict })
  }

  buckets(): OverviewBucket[] {
    return [...this.#buckets]
      .sort(([a], [b]) => a - b)
      .map(([index, sums]) => ({
        ...sums,
        fromMs: index * this.#bucketMs,
        durations: inOrder(sums.durations),
        skews: inOrder(sums.skews),
      }))
  }

  samples(): SkewSample[] {
    const all = [...this.#cells.values()].flatMap((cells) => [...cells.values()])
    all.sort((a, b) => a.id - b.id)
    return thinSkews(all, this.#bucketMs, MOST_SAMPLES)
  }
}
