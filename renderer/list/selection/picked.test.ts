import { describe, expect, it } from 'vitest'
import { Selection } from '#contract/selection.ts'
import {
  all,
  countOf,
  isPicked,
  MOST_PICKED,
  nothing,
  selectionOf,
  some,
  toggled,
} from './picked.ts'

describe('what is picked', () => {
  it('is toggled row by row', () => {
    const two = toggled(toggled(nothing, 3), 8)
    expect([3, 8, 9].map((id) => isPicked(two, id))).toEqual([true, true, false])
    expect(isPicked(toggled(two, 3), 3)).toBe(false)
    expect(selectionOf(two, {})).toEqual({ ids: [3, 8] })
    expect(selectionOf(nothing, {})).toBeNull()
  })

  it('is all that the filter finds, without what arrived later or was taken away', () => {
    const most = toggled(all(100), 40)
    expect([40, 99, 100, 101].map((id) => isPicked(most, id))).toEqual([false, true, true, false])
    expect(toggled(most, 101)).toBe(most)
    expect(countOf(most, 100)).toBe(99)
    const filter = { query: 'verdict:invalid' }
    expect(selectionOf(most, filter)).toEqual({ filter, upToId: 100, exceptIds: [40] })
    expect(isPicked(toggled(most, 40), 40)).toBe(true)
  })

  it('is never more than the engine takes', () => {
    const many = some(Array.from({ length: MOST_PICKED + 5 }, (_, index) => index + 1))
    const selection = selectionOf(toggled(many, MOST_PICKED + 9), {})
    expect(Selection.safeParse(selection).success).toBe(true)
    expect(countOf(many, 0)).toBe(MOST_PICKED)
  })
})
