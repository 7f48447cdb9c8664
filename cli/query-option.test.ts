import { expect, it } from 'vitest'
import { CommandFailure } from './failure.ts'
import { pointedAt, queryValue } from './query-option.ts'

it('takes a filter that can be read as it is', () => {
  expect(queryValue('verdict:invalid -type:a.*')).toBe('verdict:invalid -type:a.*')
})

it('points at what cannot, and ends with code 2', () => {
  let failure: unknown
  try {
    queryValue('a size:>5kp')
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(CommandFailure)
  expect(failure).toMatchObject({
    exitCode: 2,
    message: 'There is no unit kp. Write kb.\n  a size:>5kp\n           ^^',
  })
})

it('keeps carets in place beside what is shown escaped, one for a column', () => {
  const text = '\u{1F600}\u001b[1m (x'
  expect(pointedAt(text, { from: 7, to: 8, sentence: 'No.' })).toBe(
    'No.\n  \u{1F600}\\x1b[1m (x\n            ^',
  )
  expect(pointedAt('', { from: 0, to: 0, sentence: 'No.' })).toBe('No.\n  \n  ^')
})
