import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonVisitor, walkJson } from './json-walk.ts'

interface Seen {
  stopped: number
  leaves: [path: string, value: string | number][]
  closed: number
}

function walk(text: string): Seen {
  const seen: Seen = { stopped: 0, leaves: [], closed: 0 }
  const visitor: JsonVisitor = {
    key: () => undefined,
    string: (value, steps) => void seen.leaves.push([steps.join('/'), value]),
    number: (source, steps) => void seen.leaves.push([steps.join('/'), Number(source)]),
    closeObject: () => void (seen.closed += 1),
    done: () => false,
  }
  seen.stopped = walkJson(text, visitor)
  return seen
}

function leavesOf(value: unknown, steps: readonly (string | number)[] = []): Seen['leaves'] {
  if (typeof value === 'string' || typeof value === 'number') return [[steps.join('/'), value]]
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...steps, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...steps, key]))
}

describe('walkJson', () => {
  it('sees what JSON.parse sees, at the same places and in the same order', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        const { stopped, leaves } = walk(text)
        expect(stopped).toBe(text.length)
        expect(leaves).toEqual(leavesOf(JSON.parse(text)))
      }),
    )
  })

  it('reads every escape that JSON.stringify and others write', () => {
    const text = '"\\u0041\\ud83c\\udf89\\n\\t\\r\\b\\f\\/\\\\\\""'
    expect(walk(text).leaves).toEqual([['', JSON.parse(text)]])
    const long = JSON.stringify('ä"\n\\'.repeat(1000))
    expect(walk(long).leaves).toEqual([['', 'ä"\n\\'.repeat(1000)]])
    expect(walk('"\\q\\u00zz"').leaves).toEqual([['', 'qu00zz']])
  })

  it('tells of repeated keys each', () => {
    expect(walk('{"a":1,"a":"two"}').leaves).toEqual([
      ['a', 1],
      ['a', 'two'],
    ])
  })

  it.each([
    ['{"a":"b', 5],
    ['{"a":"b"} and more', 9],
    ['[1 2]', 1],
    ['{"a":nope}', 5],
    ['[4242 4242', 1],
    ['', 0],
  ])('says where %j stops being JSON', (text, offset) => {
    expect(walk(text).stopped).toBe(offset)
  })

  it('keeps what it saw of a body that was cut anywhere', () => {
    const text = JSON.stringify({ a: ['one', { b: 'two' }], c: 3 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (length) => {
        const { leaves, stopped } = walk(text.slice(0, length))
        expect(leavesOf(JSON.parse(text)).slice(0, leaves.length)).toEqual(leaves)
        expect(stopped).toBeLessThanOrEqual(length)
      }),
    )
  })

  it('stops at a depth that nobody means, without a stack overflow', () => {
    expect(walk('['.repeat(100_000)).stopped).toBeLessThan(2_000)
    const deep = '{"a":'.repeat(900) + '1' + '}'.repeat(900)
    expect(walk(deep)).toMatchObject({ stopped: deep.length, closed: 900 })
  })
})
