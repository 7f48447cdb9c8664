import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { alignCharacters } from './align.ts'

it('marks the first difference and only one', () => {
  expect(alignCharacters('9f2c7a', '9f2c1e').map((column) => column.state)).toEqual([
    'same',
    'same',
    'same',
    'same',
    'first',
    'different',
  ])
})

it('covers both texts whatever their lengths', () => {
  const hex = fc.string({ unit: fc.constantFrom('a', 'b') })
  fc.assert(
    fc.property(hex, hex, (received, expected) => {
      const columns = alignCharacters(received, expected)
      expect(
        columns
          .map((column) => column.received)
          .join('')
          .trimEnd(),
      ).toBe(received)
      expect(
        columns
          .map((column) => column.expected)
          .join('')
          .trimEnd(),
      ).toBe(expected)
      const firsts = columns.filter((column) => column.state === 'first').length
      expect(firsts).toBe(received === expected ? 0 : 1)
    }),
  )
})
