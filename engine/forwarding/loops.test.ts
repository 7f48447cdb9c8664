import { array, assert, constantFrom, property, string, stringMatching, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { hopsOf, loopSentence, MOST_HOPS, withHop } from './loops.ts'

const OURS = 'aaaaaaaaaaaaaaaaaaaaaaaa'
const others = array(tuple(constantFrom('Host', 'X-A', 'x-a'), string()), {
  maxLength: 5,
})
const id = stringMatching(/^[0-9a-f]{1,24}$/)

it('reads every hop of every header of that name, in whatever case', () => {
  const headers: RawHeader[] = [
    ['countersign-FORWARDED', ' a ,b,'],
    ['X', 'Countersign-Forwarded: no'],
    ['Countersign-Forwarded', 'c'],
  ]
  expect(hopsOf(headers)).toEqual(['a', 'b', 'c'])
})

it('adds itself last and leaves every other header where and as it is', () => {
  assert(
    property(others, array(id, { maxLength: 4 }), others, (before, hops, after) => {
      const own = hops.map((hop): RawHeader => ['Countersign-forwarded', hop])
      const headers = [...before, ...own, ...after]
      const added = withHop(headers, OURS)
      expect(hopsOf(added)).toEqual([...hops, OURS])
      expect(added.length).toBe(headers.length + (hops.length === 0 ? 1 : 0))
      expect(added.filter(([name]) => !/forwarded/i.test(name))).toEqual([...before, ...after])
    }),
  )
})

const through = (hops: readonly string[]): RawHeader[] => [
  ['Countersign-Forwarded', hops.join(', ')],
]

it('takes its own name, or more than eight others, for a loop', () => {
  const many = Array.from({ length: MOST_HOPS + 1 }, (_, n) => `h${n}`)
  expect(loopSentence([], OURS)).toBeNull()
  expect(loopSentence(through(many.slice(1)), OURS)).toBeNull()
  expect(loopSentence(through(many), OURS)).toContain('9 Countersigns')
  expect(loopSentence(through(['x', OURS, 'y']), OURS)).toContain('came back')
})
