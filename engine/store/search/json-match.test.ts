import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonComparison, JsonStep } from '#contract/filter/filter.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import { jsonMatcher } from './json-match.ts'

type Operator = JsonComparison['operator']

function matches(text: string, path: JsonStep[], operator?: Operator, value = '', quoted = false) {
  return jsonMatcher(path, operator === undefined ? null : { operator, value, quoted })(text)
}
const amount: JsonStep[] = [{ key: 'data' }, { key: 'amount' }]
const withAmount = (source: string) => `{"id":1,"data":{"x":[{"}":"]"}],"amount": ${source} }}`

describe('numbers', () => {
  it('are compared by all their digits', () => {
    const big = withAmount('9007199254740993')
    expect(matches(big, amount, '=', '9007199254740993')).toBe(true)
    expect(matches(big, amount, '=', '9007199254740992')).toBe(false)
    expect(matches(big, amount, '>', '9007199254740992')).toBe(true)
    expect(matches(withAmount('0.1000000000000000055'), amount, '>', '0.1')).toBe(true)
    expect(matches(withAmount('1e400'), amount, '<', '2e400')).toBe(true)
    expect(matches(withAmount('-1e-400'), amount, '<', '0')).toBe(true)
  })

  it('are equal however they are written', () => {
    for (const source of ['1000', '1e3', '1000.0', '10.00E+2', '0.1e4']) {
      expect({ source, equal: matches(withAmount(source), amount, '=', '1000') }).toEqual({
        source,
        equal: true,
      })
      expect(matches(withAmount(source), amount, '!=', '1000')).toBe(false)
    }
    expect(matches(withAmount('-0'), amount, '=', '0')).toBe(true)
  })

  it('are no text, and text is no number', () => {
    expect(matches(withAmount('"1500"'), amount, '>', '1000')).toBe(false)
    expect(matches(withAmount('1500'), amount, '=', '1500', true)).toBe(false)
    expect(matches(withAmount('"1500"'), amount, '=', '1500')).toBe(true)
  })

  it('are ordered as JavaScript orders those that it holds exactly', () => {
    const safe = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((number) => number / 1024)
    fc.assert(
      fc.property(safe, safe, (one, other) => {
        const [a, b] = [readDecimal(String(one)), readDecimal(String(other))]
        if (!a || !b) throw new Error('A number was not read.')
        expect(Math.sign(compareDecimals(a, b))).toBe(Math.sign(one - other))
      }),
    )
  })
})

describe('text', () => {
  it('is compared as it is meant, whole, ignoring case, with runs', () => {
    const text = String.raw`{"data":{"state":"P\u0061id \"in\" full\\"}}`
    const state: JsonStep[] = [{ key: 'data' }, { key: 'state' }]
    expect(matches(text, state, '=', 'paid "in" full\\')).toBe(true)
    expect(matches(text, state, '=', 'paid*')).toBe(true)
    expect(matches(text, state, '=', 'paid')).toBe(false)
    expect(matches(text, state, '!=', 'open')).toBe(true)
  })

  it('is found under keys that are escaped, repeated or inherited elsewhere', () => {
    expect(matches(String.raw`{"\u0061":"x"}`, [{ key: 'a' }], '=', 'x')).toBe(true)
    expect(matches('{"a":1,"a":2}', [{ key: 'a' }], '=', '1')).toBe(true)
    expect(matches('{"a":1,"a":2}', [{ key: 'a' }], '=', '2')).toBe(true)
    expect(matches('{}', [{ key: '__proto__' }])).toBe(false)
    expect(matches('{"__proto__":1}', [{ key: '__proto__' }])).toBe(true)
    expect(matches('[1]', [{ key: 'length' }])).toBe(false)
  })
})

describe('places', () => {
  it('are steps through keys, indexes and every member', () => {
    const text = '{"items":[{"sku":"a"},{"sku":"b","n":null}],"map":{"x":{"n":3}}}'
    expect(matches(text, [{ key: 'items' }, { index: 1 }, { key: 'sku' }], '=', 'b')).toBe(true)
    expect(matches(text, [{ key: 'items' }, { index: 0 }, { key: 'sku' }], '=', 'b')).toBe(false)
    expect(matches(text, [{ key: 'items' }, 'every', { key: 'sku' }], '=', 'b')).toBe(true)
    expect(matches(text, [{ key: 'map' }, 'every', { key: 'n' }], '>', '2')).toBe(true)
    expect(matches(text, [{ key: 'items' }, 'every', { key: 'n' }], '=', 'null')).toBe(true)
    expect(matches(text, [{ key: 'items' }])).toBe(true)
    expect(matches(text, [{ key: 'items' }, { index: 2 }])).toBe(false)
  })

  it('behind an error are not looked at', () => {
    expect(matches('{"a":1,"b":', [{ key: 'a' }], '=', '1')).toBe(true)
    expect(matches('{"b":nonsense,"a":1}', [{ key: 'a' }])).toBe(false)
    const cut = ['', '{', '{"a"', '{"a":', '{"a":"', '[', '[1', 'nul', '"', '{"a":"\\']
    expect(cut.filter((text) => matches(text, [{ key: 'a' }]))).toEqual([])
  })
})

describe('hostile text', () => {
  it('of any depth and length takes time in proportion', () => {
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`
    const started = performance.now()
    expect(matches(`{"x":${deep},"a":1}`, [{ key: 'a' }], '=', '1')).toBe(true)
    expect(
      matches(
        deep,
        Array.from({ length: 1_000 }, () => 'every' as const),
      ),
    ).toBe(true)
    expect(matches(`{"a":"${'\\'.repeat(1_000_000)}"}`, [{ key: 'b' }])).toBe(false)
    expect(matches(`{"a":${'9'.repeat(1_000_000)}}`, [{ key: 'a' }], '>', '5')).toBe(true)
    expect(matches(`{"a":${' '.repeat(1_000_000)}`, [{ key: 'a' }])).toBe(false)
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string().map((s) => `{"a":"${s}`),
    )
    fc.assert(
      fc.property(text, fc.string(), fc.boolean(), (body, value, quoted) => {
        for (const path of [[], [{ key: 'a' }], ['every' as const], [{ index: 0 }]]) {
          expect(matches(body, path, '=', value, quoted)).toBeTypeOf('boolean')
          expect(matches(body, path, '<', value, quoted)).toBeTypeOf('boolean')
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (object, key) => {
        const text = JSON.stringify(object, null, 1)
        expect(matches(text, [{ key }])).toBe(Object.hasOwn(object, key))
        for (const [name, value] of Object.entries(object)) {
          if (value.includes('*')) continue
          expect(matches(text, [{ key: name }], '=', value, true)).toBe(true)
        }
      }),
    )
  })
})
