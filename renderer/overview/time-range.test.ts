import { describe, expect, it } from 'vitest'
import { readRange, spanQuery, writeSpan } from './time-range.ts'
import { countTicks, tickLabel, timeTicks } from './time-ticks.ts'

describe('time ranges', () => {
  it('are read as they are written', () => {
    expect(readRange(writeSpan(1_000, 2_000))).toMatchObject({ fromMs: 1_000, toMs: 2_000 })
    expect(readRange('7d')).toMatchObject({ kind: 'last', lengthMs: 604_800_000 })
    expect(readRange('all')).toMatchObject({ kind: 'last', lengthMs: null })
  })

  it('of nonsense are the last 24 hours', () => {
    for (const text of [undefined, '', '2-1', '1-1', 'x', '1e3-2e3']) {
      expect(readRange(text)).toMatchObject({ id: '24h' })
    }
  })

  it('become a filter', () => {
    expect(spanQuery(0, 1_500)).toBe(
      'after:"1970-01-01T00:00:00.000Z" before:"1970-01-01T00:00:01.500Z"',
    )
  })
})

describe('ticks', () => {
  it('are round, inside, and few', () => {
    const from = new Date(2026, 10, 22, 13, 7, 11).getTime()
    for (const length of [10_000, 900_000, 86_400_000, 7 * 86_400_000, 3e10]) {
      const { at, stepMs } = timeTicks(from, from + length, 8)
      expect(at.length).toBeLessThanOrEqual(9)
      expect(at.length).toBeGreaterThan(1)
      for (const tick of at) {
        expect(tick).toBeGreaterThanOrEqual(from)
        expect(tick).toBeLessThanOrEqual(from + length)
        expect(new Date(tick).getMilliseconds()).toBe(0)
      }
      expect(tickLabel(at[0] ?? 0, stepMs)).not.toBe('')
    }
    const midnight = new Date(2026, 10, 22).getTime()
    expect(tickLabel(midnight, 3_600_000)).toBe('Nov 22')
    expect(tickLabel(midnight + 60_000, 60_000)).toBe('00:01')
  })

  it('of counts reach the most', () => {
    expect(countTicks(1)).toEqual([0, 1])
    expect(countTicks(412)).toEqual([0, 200, 400, 600])
    expect(countTicks(0)).toEqual([0])
  })
})
