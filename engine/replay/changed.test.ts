import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { ReplayedDelivery } from './build.ts'
import { changedParts } from './changed.ts'
import { applyEdits, type PlainEdits } from './edits.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

const captured: ReplayedDelivery = {
  method: 'POST',
  target: '/hook',
  rawHeaders: [
    ['Host', 'h'],
    ['X-A', '1'],
    ['x-a', '2'],
    ['Cookie', 'c'],
  ],
  body: Buffer.from('body'),
}

const sent = (delivery: ReplayedDelivery): OutgoingRequest => ({
  ...delivery,
  url: 'http://localhost',
  httpVersion: '1.1',
})
const changes = (edits: PlainEdits) => changedParts(captured, sent(applyEdits(captured, edits)))

describe('what changed', () => {
  it.each([
    [{}, []],
    [{ method: 'PUT' }, ['method']],
    [{ body: Buffer.from('other') }, ['body']],
    [{ body: Buffer.from('body') }, []],
    [{ setHeaders: [['x-a', '1']] }, ['header:x-a']],
    [{ setHeaders: [['X-A', '9']] }, ['header:X-A']],
    [{ setHeaders: [['X-A', null]] }, ['header:X-A removed']],
    [{ setHeaders: [['New', '1']] }, ['header:New added']],
    [
      {
        setHeaders: [
          ['New', '1'],
          ['new', null],
        ],
      },
      [],
    ],
    [{ rawHeaders: [...captured.rawHeaders].reverse() }, ['header:x-a']],
    [
      { rawHeaders: [...captured.rawHeaders.slice(1), ...captured.rawHeaders.slice(0, 1)] },
      ['header order'],
    ],
    [{ rawHeaders: [] }, ['header:Host removed', 'header:X-A removed', 'header:Cookie removed']],
  ] satisfies [PlainEdits, string[]][])('%j', (edits, expected) => {
    expect(changes(edits)).toEqual(expected)
  })

  it('is nothing only where nothing is', () => {
    const name = fc.constantFrom('A', 'a', 'B', '__proto__', 'constructor')
    const headers = fc.array(fc.tuple(name, fc.constantFrom('', '1', '2')), { maxLength: 5 })
    fc.assert(
      fc.property(headers, headers, (before, after) => {
        const told = changedParts(
          { ...captured, rawHeaders: before },
          {
            ...sent(captured),
            rawHeaders: after,
          },
        )
        expect(told.length === 0).toBe(JSON.stringify(before) === JSON.stringify(after))
      }),
    )
  })
})

it('a header that is set takes the place of the first of its name', () => {
  const { rawHeaders } = applyEdits(captured, { setHeaders: [['X-a', '3']] })
  const expected: RawHeader[] = [
    ['Host', 'h'],
    ['X-a', '3'],
    ['x-a', '2'],
    ['Cookie', 'c'],
  ]
  expect(rawHeaders).toEqual(expected)
})
