import { describe, expect, it } from 'vitest'
import { formatAge } from './age.ts'

describe('formatAge', () => {
  it.each([
    [0, 'now'],
    [-5_000, 'now'],
    [3_000, '3 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_600_000, '1 h'],
    [86_400_000 * 2, '2 d'],
  ])('%i ms ago reads “%s”', (ms, text) => {
    expect(formatAge(1_700_000_000_000 - ms, 1_700_000_000_000)).toBe(text)
  })

  it('says the month of what is long ago', () => {
    expect(formatAge(Date.UTC(2024, 2, 15), Date.UTC(2026, 0, 1))).toBe('24-03')
  })
})
