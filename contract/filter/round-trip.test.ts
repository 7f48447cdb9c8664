import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdicts } from '#contract/verdict.ts'
import { fastestMs } from '#test/fastest.ts'
import { states, type FilterNode, type FilterTerm, type Range } from './filter.ts'
import { formatFilter } from './format.ts'
import { parseFilter } from './parse.ts'
import { filterKeys } from './terms.ts'
import { tokenize } from './tokens.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

const nonEmpty = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom(
    '*',
    'a*',
    '"',
    '\\',
    '\\"',
    ' ',
    '“x”',
    'OR',
    '-a',
    '(b)',
    'é 漢',
    'a:b',
    '//a',
    'constructor',
  ),
)
const searchText = nonEmpty.filter((text) => /[\p{L}\p{N}]/u.test(text))

function ranges(number: fc.Arbitrary<number>): fc.Arbitrary<Range> {
  const none = { from: null, fromOpen: false, to: null, toOpen: false }
  return fc.oneof(
    fc.tuple(number, fc.boolean()).map(([from, fromOpen]) => ({ ...none, from, fromOpen })),
    fc.tuple(number, fc.boolean()).map(([to, toOpen]) => ({ ...none, to, toOpen })),
    fc.tuple(number, number).map(([one, other]) => ({
      ...none,
      from: Math.min(one, other),
      to: Math.max(one, other),
    })),
  )
}

const magnitude = fc.oneof(
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: 0, max: 1_000_000_000 }).map((nano) => nano / 1_000_000_000),
)
const signedNumber = fc
  .tuple(magnitude, fc.boolean())
  .map(([n, minus]) => (minus && n > 0 ? -n : n))
const moment = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) })
const headerName = fc.stringMatching(/^[!#$%&'+\-.^_`|~0-9a-z]{1,12}$/)
const jsonNumber = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,9})?([eE][+-]?\d{1,3})?$/)
const jsonStep = fc.oneof(
  fc.string({ maxLength: 8 }).map((key) => ({ key })),
  fc.nat(999_999_999).map((index) => ({ index })),
  fc.constant('every' as const),
)
const comparison = fc.oneof(
  fc.record({
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.string({ maxLength: 12 }),
    quoted: fc.constant(true),
  }),
  fc.record({
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.stringMatching(/^[^\s"()“”„]{1,12}$/),
    quoted: fc.constant(false),
  }),
  fc.record({
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: jsonNumber,
    quoted: fc.constant(false),
  }),
)

const term: fc.Arbitrary<FilterTerm> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('endpoint', 'scheme', 'type', 'method', 'path', 'tag'),
    pattern: nonEmpty,
  }),
  fc.constantFrom(...verdicts).map((verdict) => ({ kind: 'verdict' as const, verdict })),
  fc.constantFrom(...states).map((state) => ({ kind: 'is' as const, state })),
  fc.record({ kind: fc.constantFrom('status', 'size', 'duration'), range: ranges(magnitude) }),
  fc.oneof(
    ranges(magnitude).map((range) => ({ kind: 'skew' as const, range, signed: false })),
    ranges(signedNumber).map((range) => ({ kind: 'skew' as const, range, signed: true })),
  ),
  moment.map((from) => ({
    kind: 'time' as const,
    range: { from, fromOpen: false, to: null, toOpen: false },
  })),
  moment.map((to) => ({
    kind: 'time' as const,
    range: { from: null, fromOpen: false, to, toOpen: true },
  })),
  fc.record({
    kind: fc.constant('header' as const),
    name: headerName,
    pattern: fc.option(fc.string({ maxLength: 12 })),
  }),
  fc.record({ kind: fc.constantFrom('id', 'note'), text: nonEmpty }),
  fc.record({
    kind: fc.constant('text' as const),
    where: fc.constantFrom(
      'anywhere' as const,
      'body' as const,
      'headers' as const,
      'url' as const,
    ),
    text: searchText,
    prefix: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('json' as const),
    path: fc.array(jsonStep, { maxLength: 5 }),
    comparison: fc.option(comparison),
  }),
)

const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    term,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
    }),
    tie('node').map((of) => ({ kind: 'not' as const, of })),
  ),
}))

describe('what is written reads back', () => {
  it('is the same tree', () => {
    fc.assert(
      fc.property(node, (tree) => {
        const text = formatFilter(tree)
        fc.pre(text.length <= 2_000 && tokenize(text).length < 100)
        expect(parseFilter(text, NOW)).toEqual({ ok: true, filter: tree })
      }),
      { numRuns: 3_000 },
    )
  })

  it('says what the language cannot in one condition in two', () => {
    const range = { from: 5, fromOpen: true, to: 9, toOpen: false }
    expect(formatFilter({ kind: 'not', of: { kind: 'size', range } })).toBe('-((size:>5 size:<=9))')
    expect(formatFilter({ kind: 'all', of: [] })).toBe('')
  })
})

function sameTree(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

describe('random text', () => {
  const pieces = fc.constantFrom(
    ...'()-*"\\:=<>.[]$ '.split(''),
    ...['OR', 'AND', 'a', '5', 'kb', '2026-11-01', 'json:$.a', '“', '\u{1F600}', '\n'],
    ...filterKeys.flatMap(({ key, examples }) => [`${key}:`, ...examples]),
  )
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ maxLength: 60, unit: 'binary' }),
    fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
  )

  it('has a problem within the text, or reads back', () => {
    const holds = fc.property(text, (typed) => {
      const parsed = parseFilter(typed, NOW)
      if (parsed.ok) return sameTree(parseFilter(formatFilter(parsed.filter), NOW), parsed)
      const { from, to, sentence } = parsed.problem
      return from >= 0 && to > from && to <= typed.length && /\S.*[.…]$/.test(sentence)
    })
    expect(fc.check(holds, { numRuns: 5_000 })).toMatchObject({ failed: false })
  })

  it('is cut into tokens in order, which leave out nothing but space', () => {
    fc.assert(
      fc.property(text, (typed) => {
        let last = 0
        for (const { from, to } of tokenize(typed)) {
          expect(typed.slice(last, from).trim()).toBe('')
          expect(to).toBeGreaterThan(from)
          last = to
        }
        expect(typed.slice(last).trim()).toBe('')
      }),
    )
  })

  it('takes time linear in its length', () => {
    const hostile = ['"', '("', '[', 'json:$["', '*', '-(', 'a:', '..', '\\"', 'after:1', '0:.,']
    const parseAll = () => {
      for (const piece of hostile) {
        const typed = piece.repeat(2_000 / piece.length)
        for (const prefix of ['', 'json:$', 'header:a=', 'after:', 'size:']) {
          parseFilter((prefix + typed).slice(0, 2_000), NOW)
        }
      }
    }
    expect(fastestMs(500, parseAll)).toBeLessThan(500)
  })
})

it('every example of the table parses to a term or its negation', () => {
  for (const { examples, key } of filterKeys) {
    for (const example of examples) {
      expect(example.replace(/^-/, '')).toMatch(new RegExp(`^${key}:`))
      expect(parseFilter(example, NOW)).toMatchObject({ ok: true })
    }
  }
})

it('every value of the table parses', () => {
  for (const { key, values = [] } of filterKeys) {
    for (const value of values)
      expect(parseFilter(`${key}:${value}`, NOW)).toMatchObject({ ok: true })
  }
})
