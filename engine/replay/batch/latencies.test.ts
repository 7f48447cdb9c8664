import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLatencies } from './latencies.ts'

it('tells percentiles within one percent, and the maximum', () => {
  const values = fc.array(fc.double({ min: 0.02, max: 600_000, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, (all) => {
      const latencies = createLatencies()
      for (const ms of all) latencies.add(ms)
      const sorted = [...all].sort((a, b) => a - b)
      const exact = (share: number) => sorted[Math.ceil(all.length * share) - 1] ?? Number.NaN
      const summary = latencies.summary()
      expect(summary?.max).toBeCloseTo(exact(1), 2)
      for (const [told, share] of [
        [summary?.p50, 0.5],
        [summary?.p95, 0.95],
        [summary?.p99, 0.99],
      ] as const) {
        expect(Math.abs((told ?? Number.NaN) - exact(share))).toBeLessThan(
          exact(share) * 0.01 + 0.001,
        )
      }
    }),
  )
})

it('tells nothing of nothing', () => {
  expect(createLatencies().summary()).toBeNull()
})
