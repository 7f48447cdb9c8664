import { expect, it } from 'vitest'
import { parseJson } from './json-parse.ts'
import { jsonRows } from './json-rows.ts'

const rowsOf = (text: string, toggled: string[] = []) => {
  const result = parseJson(text)
  if (!result.ok) throw new Error('not JSON')
  return jsonRows(result.root, new Set(toggled))
}

it('draws objects and arrays in their order, with paths that can be copied', () => {
  expect(rowsOf('{"a b":[1,{"c":2}],"d":null}').map((row) => [row.depth, row.path])).toEqual([
    [0, '$'],
    [1, '$["a b"]'],
    [2, '$["a b"][0]'],
    [2, '$["a b"][1]'],
    [3, '$["a b"][1].c'],
    [1, '$.d'],
  ])
})

it('closes what is toggled and gives repeated keys a place of their own', () => {
  expect(rowsOf('{"a":[1],"a":[2]}', ['$.a']).map((row) => row.path)).toEqual([
    '$',
    '$.a',
    '$.a#1',
    '$.a#1[0]',
  ])
})

it('leaves long lists closed until asked', () => {
  expect(rowsOf(JSON.stringify([Array.from({ length: 500 }, () => 0)]))).toHaveLength(2)
})
