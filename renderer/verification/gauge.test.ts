import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layGauge } from './gauge.ts'

const fiveMinutes = { pastSeconds: 300, futureSeconds: 300 }

describe('layGauge', () => {
  it('puts receipt in the middle of a symmetric tolerance', () => {
    const gauge = layGauge(0, fiveMinutes)
    expect(gauge.zero).toBeCloseTo(0.5)
    expect(gauge.dot).toBeCloseTo(0.5)
    expect(gauge.beyond).toBeNull()
  })

  it('puts the dot on the end of the band exactly at the limit', () => {
    expect(layGauge(-300, fiveMinutes).dot).toBeCloseTo(layGauge(0, fiveMinutes).from)
    expect(layGauge(300, fiveMinutes).dot).toBeCloseTo(layGauge(0, fiveMinutes).to)
  })

  it('pins what is far outside to the edge', () => {
    expect(layGauge(-86_400, fiveMinutes)).toMatchObject({ dot: 0, beyond: 'past' })
    expect(layGauge(86_400, fiveMinutes)).toMatchObject({ dot: 1, beyond: 'future' })
  })

  it('leaves a side open that is not checked', () => {
    expect(layGauge(900, { pastSeconds: 300, futureSeconds: null })).toMatchObject({ to: 1 })
    expect(layGauge(0, null)).toMatchObject({ from: 0, to: 1 })
  })

  it('shows a timestamp inside the band exactly when it is inside the tolerance', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 100_000 }))
    fc.assert(
      fc.property(
        fc.integer({ min: -200_000, max: 200_000 }),
        limit,
        limit,
        (skew, past, future) => {
          const gauge = layGauge(skew, { pastSeconds: past, futureSeconds: future })
          const inside = (past === null || skew >= -past) && (future === null || skew <= future)
          expect(gauge.dot >= gauge.from - 1e-9 && gauge.dot <= gauge.to + 1e-9).toBe(inside)
          expect(gauge.zero).toBeGreaterThan(0)
          expect(gauge.zero).toBeLessThan(1)
        },
      ),
    )
  })
})
