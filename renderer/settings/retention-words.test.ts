import { describe, expect, it } from 'vitest'
import { readBytes, readCount, readDays, whatGoes, writeBytes } from './retention-words.ts'

describe('limits as they are typed', () => {
  it.each([
    ['', null],
    ['10000', 10_000],
    ['10,000', 10_000],
    ['10 000', 10_000],
  ])('count %s', (text, value) => expect(readCount(text)).toEqual({ value }))
  it.each(['0', '-1', '1.5', 'ten', '1e3'])('count %s is refused', (text) => {
    expect(readCount(text)).toMatch(/^A whole number/)
  })
  it.each([
    [' ', null],
    ['30', 30],
    ['0.5', 0.5],
  ])('days %s', (text, value) => expect(readDays(text)).toEqual({ value }))
  it.each(['0', '40000', 'a week'])('days %s is refused', (text) => {
    expect(readDays(text)).toMatch(/^A number of days/)
  })
  it.each([
    ['', null],
    ['500 MB', 500_000_000],
    ['500', 500_000_000],
    ['1.5gb', 1_500_000_000],
  ])('bytes %s', (text, value) => expect(readBytes(text)).toEqual({ value }))
  it.each(['0', '0.5 MB', '2 TB', '-1 GB'])('bytes %s is refused', (text) => {
    expect(readBytes(text)).toMatch(/^Such as/)
  })
  it('reads the bytes that it wrote', () => {
    for (const bytes of [1_000_000, 500_000_000, 2_000_000_000, 1_500_000_000]) {
      expect(readBytes(writeBytes(bytes))).toEqual({ value: bytes })
    }
  })
})

describe('what goes', () => {
  const stored = { deliveries: 1000, bytes: 100_000_000 }
  it('is told before it goes', () => {
    expect(whatGoes({ maxCount: 400 }, stored)).toMatch(/^About 600 of 1,000 deliveries/)
    expect(whatGoes({ maxBytes: 25_000_000 }, stored)).toMatch(/^About 750 of 1,000 .* 25 MB/)
    expect(whatGoes({ maxAgeDays: 1 }, stored)).toBe('Deliveries older than a day go.')
  })
  it('is nothing for limits that hold, and for none', () => {
    expect(whatGoes({ maxCount: 1000 }, stored)).toBeNull()
    expect(whatGoes({ maxBytes: 100_000_000 }, stored)).toBeNull()
    expect(whatGoes({ maxCount: null }, stored)).toBeNull()
    expect(whatGoes({ maxAgeDays: 1 }, { deliveries: 0, bytes: 0 })).toBeNull()
  })
})
