import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { score } from './score.ts'

function best(typed: string, texts: string[]): string[] {
  return texts
    .flatMap((text) => {
      const points = score(typed, text)
      return points === null ? [] : [{ text, points }]
    })
    .sort((one, other) => other.points - one.points)
    .map(({ text }) => text)
}

describe('score', () => {
  it('finds words in any order, wherever they stand', () => {
    expect(score('cURL copy', 'Copy as cURL')).not.toBeNull()
    expect(score('copy id', 'Copy as cURL')).toBeNull()
  })

  it('finds the first letters of words, and no letters strewn about', () => {
    expect(score('sts', 'Send a test webhook')).toBeNull()
    expect(score('satw', 'Send a test webhook')).not.toBeNull()
    expect(score('ew', 'Send a test webhook')).toBeNull()
  })

  it('puts a word that starts so before one that holds it, and short before long', () => {
    expect(best('the', ['Change the theme', 'Weather', 'Theme'])).toEqual([
      'Theme',
      'Change the theme',
      'Weather',
    ])
  })

  it('finds every text by itself, and everything when nothing is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(score(text, text)).not.toBeNull()
        expect(score('', text)).not.toBeNull()
      }),
    )
  })
})
