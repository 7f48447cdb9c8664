import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutJson } from './document/json-layout.ts'
import { parseJson, type JsonNode } from './json-parse.ts'

function root(text: string): JsonNode {
  const result = parseJson(text)
  if (!result.ok) throw new Error(result.problem.sentence)
  return result.root
}

function laidOut(node: JsonNode): string {
  return layOutJson(node)?.text ?? ''
}

/** What `JSON.parse` would have made of it. */
function plain(node: JsonNode): unknown {
  if (node.kind === 'object') {
    return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]))
  }
  if (node.kind === 'array') return node.items.map(plain)
  return JSON.parse(node.source)
}

describe('parseJson', () => {
  it('agrees with JSON.parse on every JSON value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent)
        expect(plain(root(spaced))).toEqual(JSON.parse(spaced))
      }),
    )
  })

  it('refuses exactly what JSON.parse refuses', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'{}[]",:0123456789.eE+-truefalsn\\u \n'.split('')),
    })
    fc.assert(
      fc.property(text, (candidate) => {
        let accepted = true
        try {
          JSON.parse(candidate)
        } catch {
          accepted = false
        }
        expect(parseJson(candidate).ok).toBe(accepted)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps every digit', () => {
    const text = '{"id":12345678901234567890,"amount":1.10,"tiny":1E-400}'
    expect(laidOut(root(text)).replace(/\s/g, '')).toBe(text)
  })

  it('keeps repeated keys and marks them', () => {
    const node = root('{"a":1,"b":2,"a":3,"\\u0061":4}')
    if (node.kind !== 'object') throw new Error('not an object')
    expect(node.entries.map((entry) => [entry.key, entry.repeated])).toEqual([
      ['a', false],
      ['b', false],
      ['a', true],
      ['a', true],
    ])
  })

  it('does not take __proto__ for anything special', () => {
    const node = root('{"__proto__":{"x":1}}')
    expect(node.kind === 'object' && node.entries[0]?.key).toBe('__proto__')
  })

  it('points at the error', () => {
    const result = parseJson('{\n  "a": 1,\n  b: 2\n}')
    expect(result).toMatchObject({ ok: false, problem: { offset: 14, line: 3, column: 3 } })
  })

  it('ends on text that is nested without end', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({ ok: false })
  })
})

it('formats without changing a token', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const formatted = laidOut(root(text))
      expect(laidOut(root(formatted))).toBe(formatted)
      expect(JSON.parse(formatted)).toEqual(JSON.parse(text))
    }),
  )
})

it('reads a string of many megabytes, and one of escapes alone', () => {
  const long = JSON.stringify(`${'x'.repeat(9_000_000)}\n${'\n'.repeat(3_000_000)}`)
  expect(root(long)).toMatchObject({ kind: 'string', source: long })
})
