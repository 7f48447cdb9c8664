import { describe, expect, test } from 'vitest'
import type { Place } from '#contract/scheme-parts.ts'
import {
  pathSteps,
  placeName,
  queryValue,
  rawPlace,
  readPlace,
  scalarText,
  type Sources,
  valueAt,
} from './place.ts'
import { WholeBody } from './whole-body.ts'

const json = {
  id: 'evt_1',
  n: 7,
  on: false,
  none: null,
  empty: '',
  list: [{ id: 'first' }, { id: 2 }],
  deep: { er: { name: 'x' } },
}
const sources: Sources = {
  head: {
    method: 'POST',
    target: '/in?id=q%201&empty=&twice=1&twice=2&%3Fodd=3',
    rawHeaders: [
      ['X-Id', 'h'],
      ['X-Other', 'o'],
      ['X-Empty', ''],
    ],
  },
  body: new WholeBody(Buffer.from(JSON.stringify(json))),
  field: (name) => (name === 't' ? '12' : null),
  claims: { jti: 'j', exp: 5, nested: { a: 1 } },
}
const form: Sources = {
  ...sources,
  body: new WholeBody(Buffer.from('a=1&payload=%7B%22id%22%3A%22p%22%7D&bad=%7B&empty=')),
}

describe('what stands in a place', () => {
  test.each<[Place, string | null]>([
    [{ header: 'x-ID' }, 'h'],
    [{ header: 'X-None' }, null],
    [{ header: 'X-None', also: ['X-Other', 'X-Id'] }, 'o'],
    [{ header: 'X-Id', also: ['X-Other'] }, 'h'],
    [{ header: 'X-Empty' }, null],
    [{ query: 'id' }, 'q 1'],
    [{ query: 'twice' }, '1'],
    [{ query: 'empty' }, null],
    [{ query: 'none' }, null],
    [{ json: 'id' }, 'evt_1'],
    [{ json: 'deep.er.name' }, 'x'],
    [{ json: 'list[1].id' }, '2'],
    [{ json: 'list[].id' }, 'first'],
    [{ json: 'list[2].id' }, null],
    [{ json: 'deep.none' }, null],
    [{ field: 't' }, '12'],
    [{ field: 'u' }, null],
    [{ claim: 'jti' }, 'j'],
    [{ claim: 'exp' }, '5'],
    [{ claim: 'nested.a' }, '1'],
    [{ claim: 'none' }, null],
    [{ memberBeside: ['id', 'n'] }, 'on'],
    [{ memberBeside: Object.keys(json) }, null],
    [{ parts: [{ query: 'twice' }, { header: 'X-Id' }], joint: '-' }, '1-h'],
    [{ parts: [{ query: 'twice' }, { header: 'X-None' }], joint: '-' }, null],
  ])('%j', (place, value) => {
    expect(readPlace(place, sources)).toBe(value)
  })

  test.each<[Place, string | null]>([
    [{ form: 'a' }, '1'],
    [{ form: 'none' }, null],
    [{ form: 'empty' }, null],
    [{ form: 'payload', json: 'id' }, 'p'],
    [{ form: 'payload', json: 'none' }, null],
    [{ form: 'bad', json: 'id' }, null],
    [{ form: 'none', json: 'id' }, null],
    [{ json: 'id' }, null],
    [{ memberBeside: [] }, null],
  ])('%j of a form', (place, value) => {
    expect(readPlace(place, form)).toBe(value)
  })

  test('keeps empty texts where they are asked for', () => {
    expect(rawPlace({ header: 'X-Empty' }, sources)).toBe('')
    expect(rawPlace({ query: 'empty' }, sources)).toBe('')
    expect(rawPlace({ form: 'empty' }, form)).toBe('')
  })

  test('is nothing without a body, fields or claims', () => {
    const bare: Sources = { head: sources.head, body: null }
    for (const place of [{ json: 'id' }, { form: 'a' }, { field: 't' }, { claim: 'jti' }]) {
      expect(rawPlace(place, bare)).toBeNull()
    }
    expect(rawPlace({ json: 'deep.er' }, bare)).toBeNull()
    expect(rawPlace({ memberBeside: [] }, bare)).toBeNull()
    const array = { ...sources, body: new WholeBody(Buffer.from('[1]')) }
    expect(rawPlace({ memberBeside: [] }, array)).toBeNull()
  })
})

test('the query begins at the first question mark', () => {
  expect(queryValue('/in?a=1?b=2', 'a')).toBe('1?b=2')
  expect(queryValue('/in', 'a')).toBeNull()
  expect(queryValue('/in?', 'a')).toBeNull()
  expect(queryValue('/in??a=1', '?a')).toBe('1')
  expect(queryValue('/in??a=1', 'a')).toBeNull()
})

test('a path is taken apart', () => {
  expect(pathSteps('data[].item[2].id')).toEqual(['data', 0, 'item', 2, 'id'])
  expect(pathSteps('[1][20]')).toEqual([1, 20])
  expect(pathSteps('a')).toEqual(['a'])
  expect(pathSteps('a..b')).toEqual(['a', 'b'])
  expect(pathSteps('')).toEqual([])
})

test('a value is found by own members alone', () => {
  expect(valueAt({ a: [1, { b: 2 }] }, 'a[1].b')).toBe(2)
  expect(valueAt({ a: 1 }, '')).toEqual({ a: 1 })
  for (const [value, path] of [
    [{ a: [1] }, 'a.length'],
    [{ a: 'text' }, 'a.length'],
    [{}, 'constructor'],
    [{ 0: 'x' }, '[0]'],
    [null, 'a'],
    [undefined, 'a'],
    [{ a: null }, 'a.b'],
    [{ a: [1] }, 'a[5].b'],
  ] as const) {
    expect(valueAt(value, path)).toBeUndefined()
  }
})

test('texts, numbers and booleans are text', () => {
  expect([1.5, true, false, 'a', '', 0].map(scalarText)).toEqual([
    '1.5',
    'true',
    'false',
    'a',
    '',
    '0',
  ])
  expect([null, undefined, [], {}].map(scalarText)).toEqual([null, null, null, null])
})

test('a place has a name for people', () => {
  expect(
    [
      { header: 'X-Id' },
      { form: 'a' },
      { json: 'b.c' },
      { query: 'q' },
      { field: 't' },
      { claim: 'jti' },
      { memberBeside: ['x'] },
      { parts: [{ query: 'a' }, { json: 'b' }], joint: '.' },
    ].map(placeName),
  ).toEqual(['X-Id', 'a', 'b.c', 'q', 't', 'jti', 'first member', 'a.b'])
})
