import { describe, expect, it } from 'vitest'
import type { OverviewBucket } from '#contract/overview.ts'
import { joined, addStep, addSums, emptySum, shownOf, totalOf, verdictsIn } from './overview-sum.ts'

const bucket = (fromMs: number, change: Partial<OverviewBucket> = {}): OverviewBucket => ({
  fromMs,
  verdicts: { valid: 2 },
  duplicates: 1,
  bodyBytes: 10,
  largestBody: 8,
  durations: [[3, 2]],
  slowestMs: 7,
  skews: [[-1, 2]],
  ...change,
})
const step = (buckets: OverviewBucket[], firstId = 0) => ({
  buckets,
  skewSamples: buckets.map(({ fromMs }) => ({
    id: firstId + fromMs,
    atMs: fromMs + 1,
    skewSeconds: 0,
    verdict: 'valid' as const,
  })),
  retryGaps: [],
  counted: buckets.length * 2,
})

describe('adding up', () => {
  it('is the same in whatever order the steps came', () => {
    const one = step([bucket(0), bucket(1_000)])
    const other = step(
      [
        bucket(1_000, { verdicts: { invalid: 1 }, slowestMs: null, durations: [], largestBody: 9 }),
        bucket(2_000),
      ],
      10_000,
    )
    const forth = addStep(addStep(emptySum(1_000), one), other)
    const back = addSums(addStep(emptySum(1_000), other), addStep(emptySum(1_000), one))
    const shown = shownOf(forth, 0, 3_000)
    expect(shownOf(back, 0, 3_000)).toEqual(shown)
    expect(shown.buckets.map(({ fromMs }) => fromMs)).toEqual([0, 1_000, 2_000])
    expect(shown.buckets[1]).toMatchObject({
      verdicts: { valid: 2, invalid: 1 },
      bodyBytes: 20,
      largestBody: 9,
      slowestMs: 7,
      durations: [[3, 2]],
    })
    expect(forth.counted).toBe(8)
  })

  it('shows what lies in the span', () => {
    const sum = addStep(emptySum(1_000), step([bucket(0), bucket(1_000), bucket(2_000)]))
    const shown = shownOf(sum, 1_500, 2_000)
    expect(shown.buckets.map(({ fromMs }) => fromMs)).toEqual([1_000])
    expect(shown.skewSamples).toEqual([])
    expect(totalOf(shown.buckets)?.bodyBytes).toBe(10)
  })

  it('joins neighbours for lines', () => {
    const sum = addStep(emptySum(1_000), step([bucket(1_000), bucket(2_000), bucket(3_000)]))
    const { bucketMs, buckets } = joined(shownOf(sum, 0, 4_000), 2)
    expect(bucketMs).toBe(2_000)
    expect(buckets.map(({ fromMs, bodyBytes }) => [fromMs, bodyBytes])).toEqual([
      [0, 10],
      [2_000, 20],
    ])
  })

  it('stacks what occurs, valid first', () => {
    const total = bucket(0, { verdicts: { invalid: 1, valid: 1, unsigned: 0 } })
    expect(verdictsIn(total)).toEqual(['valid', 'invalid'])
    expect(verdictsIn(null)).toEqual([])
  })
})
