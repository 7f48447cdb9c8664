import { expect, it } from 'vitest'
import { filterPieces } from '#contract/filter/parse.ts'
import { withoutEach } from './without-each.ts'

const without = (query: string) =>
  withoutEach(query, filterPieces(query, 0)).map(({ dropped, rest }) => [dropped, rest])

it('takes away one condition after the other, and leaves the others as they are written', () => {
  expect(without('verdict:invalid AND -(a OR b)  after:2h')).toEqual([
    ['verdict:invalid', '-(a OR b) after:2h'],
    ['-(a OR b)', 'verdict:invalid after:2h'],
    ['after:2h', 'verdict:invalid -(a OR b)'],
  ])
})

it('takes alternatives away as one', () => {
  expect(without('a OR b')).toEqual([['a OR b', '']])
  expect(without('')).toEqual([])
})
