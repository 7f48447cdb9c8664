import { describe, expect, it } from 'vitest'
import { newsText } from './news-text.ts'

describe('newsText', () => {
  it.each([
    [[], false, ''],
    [['valid'], false, '1 new delivery'],
    [['valid', 'valid', 'invalid'], false, '3 new deliveries, 1 invalid'],
    [['stale', 'invalid'], false, '2 new deliveries, 2 failed'],
    [['no-scheme', 'valid'], true, '2+ new deliveries'],
  ] as const)('of %j (more: %s) is “%s”', (verdicts, more, text) => {
    expect(newsText(verdicts, more)).toBe(text)
  })
})
