import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { spansOf } from './timeline.ts'

const moments = (...times: (number | null)[]) =>
  ['Connection', 'First byte', 'Last byte', 'Commit', 'Answer'].map((name, index) => ({
    name,
    atMs: times[index] ?? null,
  }))

it('tells what passed between the moments that are known', () => {
  expect(
    spansOf(moments(0, 10, 20, 50, 100)).map(({ name, lengthMs, share }) => [
      name,
      lengthMs,
      share,
    ]),
  ).toEqual([
    ['until the request began', 10, 10],
    ['reading it', 10, 10],
    ['judging and storing it', 30, 30],
    ['answering', 50, 50],
  ])
  expect(
    spansOf(moments(null, 10, 20, null, 40)).map(({ name, lengthMs }) => [name, lengthMs]),
  ).toEqual([
    ['reading it', 10],
    ['answering', 20],
  ])
})

it('shortens the wait on a connection that was kept open', () => {
  const [waiting, reading] = spansOf(moments(0, 60_000, 60_010, 60_020, 60_030))
  expect(waiting).toMatchObject({ lengthMs: 60_000, shortened: true })
  expect(waiting?.share).toBeCloseTo(18)
  expect(reading?.share).toBeCloseTo(82 / 3)
})

it('fills the bar, whatever the clock did', () => {
  const time = fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null })
  fc.assert(
    fc.property(fc.tuple(time, time, time, time, time), (times) => {
      const spans = spansOf(moments(...times))
      const sum = spans.reduce((all, { share }) => all + share, 0)
      expect(sum).toBeCloseTo(spans.length > 0 ? 100 : 0)
      for (const span of spans) {
        expect(span.share).toBeGreaterThan(0)
        expect(span.lengthMs).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
