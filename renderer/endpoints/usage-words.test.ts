import { describe, expect, it } from 'vitest'
import { quotedNames, usageWords } from './usage-words.ts'

const NOW = 1_800_000_000_000
const DAY = 86_400_000
const words = (verifiedCount: number, lastAgoMs: number | null, ageMs = 30 * DAY, others = true) =>
  usageWords(
    { secretId: 1, verifiedCount, lastVerifiedAtMs: lastAgoMs === null ? null : NOW - lastAgoMs },
    NOW - ageMs,
    others,
    NOW,
  )

describe('usageWords', () => {
  it('counts what it verified', () => {
    expect(words(132, 180_000)).toBe('Verified 132 deliveries in 7 days, the last 3 min ago.')
    expect(words(1, 0)).toBe('Verified 1 delivery in 7 days, the last just now.')
    expect(words(12_345, DAY)).toBe('Verified 12,345 deliveries in 7 days, the last 1 d ago.')
  })

  it('says that an old one can go only while another does its work', () => {
    expect(words(0, 12 * DAY)).toBe(
      'Verified none in 7 days, the last 12 d ago: it can go once the provider has stopped signing with it.',
    )
    expect(words(0, null)).toBe(
      'Verified none in 7 days: it can go once the provider has stopped signing with it.',
    )
    expect(words(0, 12 * DAY, 30 * DAY, false)).toBe('Verified none in 7 days, the last 12 d ago.')
    expect(words(0, null, 30 * DAY, false)).toBe('Verified none in 7 days.')
  })

  it('does not send a new one away', () => {
    expect(words(0, null, DAY)).toBe('Verified none yet.')
  })
})

describe('quotedNames', () => {
  it('joins as one says it', () => {
    expect(quotedNames(['a'])).toBe('“a”')
    expect(quotedNames(['a', 'b'])).toBe('“a” and “b”')
    expect(quotedNames(['a', 'b', 'c'])).toBe('“a”, “b” and “c”')
  })
})
