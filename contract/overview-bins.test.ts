import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBins, binOf, idHash, percentile, thinSkews, valueOfBin } from './overview-bins.ts'
import type { Bins, SkewSample } from './overview.ts'

function binsOf(values: readonly number[]): Bins {
  return values.reduce<Bins>((bins, value) => addBins(bins, [[binOf(value), 1]]), [])
}

describe('bins', () => {
  it('tell a value to within 4 %, or 0.01', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const off = Math.abs(valueOfBin(binOf(value)) - value)
        expect(off).toBeLessThanOrEqual(Math.max(0.011, Math.abs(value) * 0.041))
      }),
    )
  })

  it('find a percentile near that of the values, however they were added up', () => {
    const value = fc.double({ min: 0.1, max: 60_000, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.array(value), (one, other) => {
        const all = [...one, ...other].sort((a, b) => a - b)
        const found = percentile(addBins(binsOf(one), binsOf(other)), 0.95) ?? Number.NaN
        const right = all[Math.ceil(all.length * 0.95) - 1] ?? 0
        expect(Math.abs(found - right)).toBeLessThanOrEqual(Math.max(0.011, right * 0.041))
      }),
    )
  })

  it('have no percentile of nothing', () => {
    expect(percentile([], 0.5)).toBeNull()
  })
})

const sample = (id: number, skewSeconds: number): SkewSample => ({
  id,
  atMs: id * 10,
  skewSeconds,
  verdict: 'valid',
})

describe('thinning', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => sample(index + 1, Math.sin(index)))

  it('keeps the one that stands alone, in whatever steps it is thinned', () => {
    const outlier = sample(4_321, -9_000)
    const all = many.map((each) => (each.id === outlier.id ? outlier : each))
    const once = thinSkews(all, 10_000, 200)
    expect(once).toContain(outlier)
    const halves = [all.slice(0, 5_000), all.slice(5_000)].flatMap((half) =>
      thinSkews(half, 10_000, 200),
    )
    expect(thinSkews(halves, 10_000, 200)).toContain(outlier)
    expect(once).toHaveLength(200)
  })

  it('leaves no stretch of time out', () => {
    const kept = thinSkews(many, 10_000, 400)
    const perTenth = Array.from({ length: 10 }, (_, tenth) =>
      kept.filter(({ id }) => Math.floor((id - 1) / 1_000) === tenth),
    )
    for (const part of perTenth) expect(part.length).toBeGreaterThan(20)
  })

  it('spreads ids that follow one another', () => {
    const low = Array.from({ length: 1_000 }, (_, id) => idHash(id)).filter(
      (hash) => hash < 2 ** 31,
    )
    expect(low.length).toBeGreaterThan(400)
    expect(low.length).toBeLessThan(600)
  })
})
