import { expect, it } from 'vitest'
import { draftTolerance, readTolerance } from './tolerance-field.tsx'

it('reads back what it drafted', () => {
  for (const tolerance of [
    null,
    { pastSeconds: 300, futureSeconds: 300 },
    { pastSeconds: 0, futureSeconds: null },
    { pastSeconds: null, futureSeconds: 1.5 },
  ]) {
    expect(readTolerance(draftTolerance(tolerance))).toEqual({ value: tolerance })
  }
})

it('refuses what is not a number of seconds', () => {
  for (const past of ['5 min', '-1', 'NaN', '1e3']) {
    expect(typeof readTolerance({ own: true, past, future: '' })).toBe('string')
  }
})
