import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { colourRuns } from './colour.ts'

it('tells keys, signs and negation apart', () => {
  expect(colourRuns('-(is:cut OR a)', null)).toMatchObject([
    { text: '-', look: 'minus', wrong: false },
    { text: '(', look: 'sign', wrong: false },
    { text: 'is:', look: 'key', wrong: false },
    { text: 'cut ', look: 'plain', wrong: false },
    { text: 'OR', look: 'sign', wrong: false },
    { text: ' a', look: 'plain', wrong: false },
    { text: ')', look: 'sign', wrong: false },
  ])
})

it('marks the problem, also within a run', () => {
  expect(colourRuns('size:5xy', { from: 6, to: 8, sentence: '' })).toMatchObject([
    { text: 'size:', look: 'key', wrong: false },
    { text: '5', look: 'plain', wrong: false },
    { text: 'xy', look: 'plain', wrong: true },
  ])
})

it('leaves nothing of the text out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), fc.nat(20), (text, from, length) => {
      const runs = colourRuns(text, { from, to: from + length, sentence: '' })
      expect(runs.map((run) => run.text).join('')).toBe(text)
    }),
  )
})
