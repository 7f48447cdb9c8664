import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '#renderer/body/json-parse.ts'
import { ByteComparer, rowsAround } from './byte-diff.ts'
import { sharedEnds } from './differing-text.tsx'
import { inOrder } from './common-order.ts'
import { sameDecimal } from './decimal.ts'
import { compareHeaders } from './header-diff.ts'
import { compareJson, jsonSentence } from './json-diff.ts'

function read(text: string) {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.problem.sentence)
  return parsed.root
}
const json = (a: string, b: string) =>
  compareJson(read(a), read(b)).differences.map(({ change, path }) => `${change} ${path}`)

const told = (a: [string, string][], b: [string, string][]) =>
  compareHeaders(a, b).map(({ change, a: one, b: other, recased, moved }) =>
    [change, one?.[0] ?? other?.[0], recased && 'recased', moved && 'moved']
      .filter(Boolean)
      .join(' '),
  )

describe('headers', () => {
  it('are added, removed, changed, recased and moved', () => {
    const a: [string, string][] = [
      ['Host', 'x'],
      ['Accept', '*/*'],
      ['X-Gone', '1'],
      ['Content-Type', 'json'],
    ]
    const b: [string, string][] = [
      ['Content-Type', 'json'],
      ['host', 'x'],
      ['X-New', '1'],
      ['Accept', 'text'],
    ]
    expect(told(a, b)).toEqual([
      'same Host recased',
      'added X-New',
      'changed Accept',
      'removed X-Gone',
      'same Content-Type moved',
    ])
  })

  it('that repeat are paired one by one', () => {
    const twice: [string, string][] = [
      ['Via', '1'],
      ['Via', '2'],
    ]
    expect(told(twice, [['via', '1']])).toEqual(['same Via recased', 'removed Via'])
  })

  it('of a request with itself are all the same', () => {
    const header = fc.tuple(fc.constantFrom('A', 'b', 'C'), fc.string())
    fc.assert(
      fc.property(fc.array(header), (headers) => {
        const rows = compareHeaders(headers, headers)
        expect(rows).toHaveLength(headers.length)
        for (const row of rows) expect(row).toMatchObject({ change: 'same', moved: false })
      }),
    )
  })

  it('are each in exactly one row', () => {
    const header = fc.tuple(fc.constantFrom('A', 'b', 'C', 'a'), fc.constantFrom('1', '2'))
    fc.assert(
      fc.property(fc.array(header), fc.array(header), (a, b) => {
        const rows = compareHeaders(a, b)
        expect(rows.flatMap((row) => (row.a ? [row.a] : []))).toEqual(a)
        expect(rows.filter((row) => row.b).length).toBe(b.length)
      }),
    )
  })
})

const list = (from: number) =>
  JSON.stringify(Array.from({ length: 3_000 }, (_, index) => index + from))

describe('JSON', () => {
  it('tells what is added, removed and changed', () => {
    expect(json('{"a":1,"b":[1,2],"c":0}', '{"a":2,"b":[1,2,3],"d":0}')).toEqual([
      'changed $.a',
      'added $.b[2]',
      'removed $.c',
      'added $.d',
    ])
  })

  it('keeps digits that a float loses', () => {
    expect(json('[9007199254740993]', '[9007199254740992]')).toEqual(['changed $[0]'])
    expect(json('[1.0, 100, "a"]', '[1, 1e2, "\\u0061"]')).toEqual([
      'respelled $[0]',
      'respelled $[1]',
      'respelled $[2]',
    ])
  })

  it('tells order of keys apart from data', () => {
    const a = read('{"a":1,"b":{"c":1,"d":2}}')
    const b = read('{"b":{"d":2,"c":1},"a":1}')
    const comparison = compareJson(a, b)
    expect(comparison.differences.map(({ change, path }) => [change, path])).toEqual([
      ['order', '$.b'],
      ['order', '$'],
    ])
    expect(jsonSentence(comparison, false)).toBe('The same data: keys in another order.')
  })

  it('aligns lists', () => {
    expect(json('[1,2,3,4]', '[0,1,2,4]')).toEqual(['added $[0]', 'removed $[2]'])
    expect(json('[{"id":1,"x":1},{"id":2}]', '[{"id":1,"x":2},{"id":2}]')).toEqual([
      'changed $[0].x',
    ])
  })

  it('pairs repeated keys one by one', () => {
    expect(json('{"a":1,"a":2}', '{"a":1,"a":3,"a":4}')).toEqual(['changed $.a', 'added $.a'])
  })

  it('says when only whitespace differs', () => {
    const comparison = compareJson(read('{"a": [1]}'), read('{"a":[1]}'))
    expect(jsonSentence(comparison, false)).toMatch(/^Only whitespace differs/)
  })

  it('stops at a thousand', () => {
    expect(compareJson(read(list(0)), read(list(5_000)))).toMatchObject({ more: true })
  })

  it('finds nothing between a value and itself laid out, and something after any change', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const compact = JSON.stringify(one)
        const text = JSON.stringify(other)
        expect(json(compact, JSON.stringify(one, null, 2))).toEqual([])
        expect(json(compact, text).length === 0).toBe(compact === text)
      }),
    )
  })
})

it('numbers are the same however they are written', () => {
  for (const group of [
    ['1', '1.0', '10e-1', '1e0', '0.1E1'],
    ['0', '-0', '0.00', '0e9'],
    ['-1200', '-1.2e3'],
  ]) {
    expect(new Set(group.map(sameDecimal)).size).toBe(1)
  }
  expect(sameDecimal('12')).not.toBe(sameDecimal('120'))
})

it('the longest rising part stays', () => {
  expect(inOrder([3, 0, 1, 2]).size).toBe(3)
  expect(inOrder([]).size).toBe(0)
})

describe('bytes', () => {
  it('differ at offsets and past the end of the shorter', () => {
    const comparer = new ByteComparer()
    const a = new Uint8Array(40)
    const b = new Uint8Array(42)
    b[17] = 1
    comparer.add(0, a, b)
    expect(comparer).toMatchObject({ firstDifference: 17, differingBytes: 3, rows: [16, 32] })
  })

  it('are shown with the rows around them', () => {
    expect(rowsAround([32, 160], 400)).toEqual([null, 16, 32, 48, null, 144, 160, 176, null])
    expect(rowsAround([0], 16)).toEqual([0])
  })
})

describe('what two texts share', () => {
  it('is at both ends, in whole characters', () => {
    expect(sharedEnds('t=1,v1=ab', 't=2,v1=ab')).toEqual({ start: 2, end: 6 })
    expect(sharedEnds('aa', 'aaa')).toEqual({ start: 2, end: 0 })
    expect(sharedEnds('\u{1F600}', '\u{1F601}')).toEqual({ start: 0, end: 0 })
  })

  it('never overlaps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const { start, end } = sharedEnds(a, b)
        expect(start + end).toBeLessThanOrEqual(Math.min(a.length, b.length))
        expect(a.slice(0, start)).toBe(b.slice(0, start))
        expect(a.slice(a.length - end)).toBe(b.slice(b.length - end))
      }),
    )
  })
})
