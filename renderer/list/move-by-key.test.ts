import { expect, it } from 'vitest'
import { moveByKey } from './move-by-key.ts'

it('moves and stops at both ends', () => {
  expect(moveByKey('j', -1, 3, 10)).toBe(0)
  expect(moveByKey('ArrowDown', 2, 3, 10)).toBe(2)
  expect(moveByKey('k', 0, 3, 10)).toBe(0)
  expect(moveByKey('PageDown', 5, 100, 10)).toBe(15)
  expect(moveByKey('PageUp', 5, 100, 10)).toBe(0)
  expect(moveByKey('End', 0, 100, 10)).toBe(99)
})

it('leaves other keys and empty lists alone', () => {
  expect(moveByKey('x', 1, 3, 10)).toBeNull()
  expect(moveByKey('ArrowDown', -1, 0, 10)).toBeNull()
})
