import { expect, test } from 'vitest'
import type { SignatureComparison } from '#contract/verification.ts'
import { comparisonOutcome, withoutRepeats } from './comparison-outcome.ts'

const compared: SignatureComparison = {
  position: 0,
  version: 'v1',
  received: 'ab',
  expected: 'ac',
  secretId: 1,
  secretName: 'live key',
  matches: false,
  firstDifference: 1,
  lengths: null,
}
const uncompared = { ...compared, expected: null, firstDifference: null }

test('a difference names its first character', () => {
  expect(comparisonOutcome(compared, 'invalid')).toEqual({
    kind: 'difference',
    words: 'differs from the 2nd character on',
  })
})

const words = (received: number, expected: number) => {
  const lengths = { received, expected }
  return comparisonOutcome({ ...compared, expected: null, lengths }, 'invalid').words
}

test('of a masked credential both lengths are told', () => {
  expect(words(9, 11)).toBe('differs from the 2nd character on, 9 characters came, 11 are expected')
  expect(words(9, 9)).toBe('differs from the 2nd character on, both have 9 characters')
})

test('without a secret there is nothing to compare with, whatever the version', () => {
  const outcome = comparisonOutcome({ ...uncompared, secretId: null }, 'no-secret')
  expect(outcome).toEqual({ kind: 'uncompared', words: 'no secret to compare with' })
})

test('with a secret, only a version that is not checked stays uncompared', () => {
  expect(comparisonOutcome(uncompared, 'invalid').words).toMatch(/version/)
  expect(comparisonOutcome(uncompared, 'incomplete').words).toMatch(/body/)
})

test('what cannot be compared is listed once, what can with every secret', () => {
  const second = { ...uncompared, secretId: 2 }
  expect(withoutRepeats([uncompared, second])).toEqual([uncompared])
  const both = [compared, { ...compared, secretId: 2 }]
  expect(withoutRepeats(both)).toEqual(both)
})
