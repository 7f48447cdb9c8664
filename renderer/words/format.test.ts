import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatCappedCount,
  formatDuration,
  formatSize,
  formatSkew,
  formatUtc,
  ordinal,
} from './format.ts'

describe('formatSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1234, '1.2 kB'],
    [12_345, '12 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [26_214_400, '26 MB'],
    [1_073_741_824, '1.1 GB'],
  ])('%d', (bytes, text) => expect(formatSize(bytes)).toBe(text))

  it('never shows four digits before a unit change', () => {
    fc.assert(
      fc.property(fc.nat(900_000_000_000), (bytes) => {
        expect(Number.parseFloat(formatSize(bytes))).toBeLessThan(1000)
      }),
    )
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [999.6, '1.0 s'],
    [1234, '1.2 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [724_000, '12 min 4 s'],
    [3_600_000, '1 h'],
    [90_061_000, '1 d 1 h'],
    [-5000, '5.0 s'],
  ])('%d', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it('never counts sixty of a unit', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000_000), (ms) => {
        expect(formatDuration(ms)).not.toMatch(/\b60 (?:s|min)\b/)
      }),
    )
  })
})

describe('formatSkew', () => {
  it('stays in seconds below one, as the engine’s sentence does', () => {
    expect([formatSkew(-0.944), formatSkew(-0.02)]).toEqual(['−0.9 s', '0 s'])
  })
  it('carries a sign on both sides and none at zero', () => {
    expect([formatSkew(-1.2), formatSkew(300), formatSkew(0)]).toEqual(['−1.2 s', '+5 min', '0 s'])
  })
})

describe('the rest', () => {
  it('says how long ago', () => {
    expect([0, 1_000, 45_000, 3_599_000, 90_000_000].map((ago) => formatAgo(0, ago))).toEqual([
      'now',
      'now',
      '45 s ago',
      '59 min ago',
      '1 d ago',
    ])
  })
  it('marks a count that stopped at its cap', () => {
    expect(formatCappedCount({ count: 10_000, capped: true })).toBe('10,000+')
    expect(formatCappedCount({ count: 412, capped: false })).toBe('412')
  })
  it('survives moments that no calendar has', () => {
    expect(formatUtc(0)).toBe('1970-01-01 00:00:00.000 UTC')
    expect(formatUtc(9e15)).toContain('since 1970')
  })
  it('counts in English', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th'.split(' '),
    )
  })
})
