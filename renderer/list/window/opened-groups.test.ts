import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lines } from './opened-groups.ts'

describe('Lines', () => {
  it('puts attempts under their row', () => {
    const lines = new Lines(-2, 3, [{ at: 0, attempts: 2 }])
    expect(Array.from({ length: lines.count }, (_, line) => lines.at(line))).toEqual([
      { at: -2, attempt: null },
      { at: -1, attempt: null },
      { at: 0, attempt: null },
      { at: 0, attempt: 0 },
      { at: 0, attempt: 1 },
      { at: 1, attempt: null },
      { at: 2, attempt: null },
    ])
  })

  it('finds every line again', () => {
    const groups = fc.uniqueArray(
      fc.record({ at: fc.integer({ min: -60, max: 60 }), attempts: fc.nat(5) }),
      { selector: ({ at }) => at, maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 0 }), fc.nat(50), groups, (top, end, opened) => {
        const lines = new Lines(top, end, opened)
        for (let line = 0; line < lines.count; line += 1) {
          const found = lines.at(line)
          expect(found.at).toBeGreaterThanOrEqual(top)
          expect(found.at).toBeLessThan(end)
          expect(lines.of(found)).toBe(line)
        }
      }),
    )
  })
})
