import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import {
  draftHeaders,
  headerEdits,
  rawHeadersOf,
  removedHeaders,
  valuesSent,
  withAdded,
  withMoved,
  withPutBack,
} from './header-edits.ts'

const captured: RawHeader[] = [
  ['Host', 'a'],
  ['X-Same', '1'],
  ['X-Same', '2'],
  ['svix-id', 'msg'],
]

describe('header edits', () => {
  it('marks nothing as long as nothing is changed', () => {
    const headers = draftHeaders(captured)
    expect(headerEdits(captured, headers).size).toBe(0)
    expect(removedHeaders(captured, headers)).toEqual([])
    expect(rawHeadersOf(headers)).toEqual(captured)
  })

  it('tells what was added, changed, written in other capitals, moved and removed', () => {
    const [host, one, two, id] = draftHeaders(captured)
    if (!host || !one || !two || !id) throw new Error('Four headers.')
    const headers = withAdded([two, { ...host, value: 'b' }, { ...id, name: 'Svix-Id' }], 4)
    expect([...headerEdits(captured, headers).values()]).toEqual([
      'moved',
      'changed',
      'recased',
      'added',
    ])
    expect(removedHeaders(captured, headers)).toEqual([{ from: 1, header: ['X-Same', '1'] }])
    // A line without a name is none yet.
    expect(rawHeadersOf(headers)).toEqual([
      ['X-Same', '2'],
      ['Host', 'b'],
      ['Svix-Id', 'msg'],
    ])
  })

  it('puts back where it stood, whichever is taken out', () => {
    assert(
      property(integer({ min: 0, max: captured.length - 1 }), (from) => {
        const header = captured[from] ?? ['', '']
        const without = draftHeaders(captured).filter((each) => each.from !== from)
        expect(rawHeadersOf(withPutBack(without, from, header))).toEqual(captured)
      }),
    )
  })

  it('moves up and down, and not over the ends', () => {
    const headers = draftHeaders(captured)
    expect(withMoved(headers, 0, -1)).toBe(headers)
    const moved = withMoved(headers, 0, 1)
    expect(moved.map(({ key }) => key)).toEqual([1, 0, 2, 3])
    expect(withMoved(moved, 0, -1)).toEqual(headers)
  })

  it('says which lines go out otherwise than they stand, the second of a name by the second', () => {
    const headers = draftHeaders(captured)
    const sent: RawHeader[] = [
      ['Host', '127.0.0.1:1'],
      ['X-Same', '1'],
      ['X-Same', '3'],
    ]
    expect([...valuesSent(headers, sent)]).toEqual([
      [0, '127.0.0.1:1'],
      [2, '3'],
    ])
  })
})
