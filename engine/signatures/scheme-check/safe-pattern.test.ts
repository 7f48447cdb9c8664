import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternProblem } from './safe-pattern.ts'

test.each([
  '^v1,',
  '^[0-9a-f]{64}$',
  '^(?:[0-9a-fA-F]{2})+$',
  '(^|,)\\s*t=',
  '^v1a,[^ ]+( v1a,[^ ]+)*$',
  '^(Bearer )?[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  '^Discord-(Interactions|Webhook)/',
  '',
])('%s is taken', (pattern) => {
  expect(patternProblem(pattern)).toBeNull()
})

test.each([
  ['(a+)+$', 'A repeated group'],
  ['^(a|aa)*$', 'A repeated group'],
  ['^(?:a?){40}$', 'A repeated group'],
  ['^(\\.[^ ]+)*$', 'A repeated group'],
  // What separates stands in a choice, or may be absent.
  ['^(?:(?:a|b)?=(?:a|b)?){0,40}$', 'A repeated group'],
  ['ab{0,40}(?:a|b),{0,40}a+$', 'Begin this pattern with ^'],
  ['^a*a*$', 'Put a separator between them'],
  ['^\\w+[a-z]*x?\\d+$', 'Put a separator between them'],
  ['^.*;.*$', 'Put a separator between them'],
  ['\\w+=', 'Begin this pattern with ^'],
  ['^a|\\w+=', 'Begin this pattern with ^'],
  ['(?=a)b', 'look-around'],
  ['^(a)\\1$', 'Back-references'],
  ['[a', 'no regular expression'],
  ['\\', 'no regular expression'],
  ['a'.repeat(201), 'too long'],
])('%s is refused', (pattern, sentence) => {
  expect(patternProblem(pattern)).toContain(sentence)
})

const piece = fc.constantFrom(
  'a',
  'b',
  '[ab]',
  '\\w',
  '.',
  '=',
  '(',
  ')',
  '|',
  '*',
  '+',
  '?',
  '{2,}',
)
test('what is taken is quick on texts of its own characters', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, anchored) => {
      const pattern = (anchored ? '^' : '') + pieces.join('')
      if (patternProblem(pattern) !== null) return
      const expression = new RegExp(pattern)
      for (const text of ['a'.repeat(8000), 'ab'.repeat(4000), '='.repeat(8000)]) {
        const startedAt = performance.now()
        expression.test(`${text}\n`)
        expression.test(`${text}!`)
        const slow = performance.now() - startedAt > 250
        expect([pattern, slow]).toEqual([pattern, false])
      }
    }),
    { numRuns: 2_000 },
  )
})
