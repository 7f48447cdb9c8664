import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { placeInText } from './json-places.ts'

const text = `{
  "id": "a",
  "settings": [
    { "name": "x" },
    { "name": "y \\"z\\"", "odd": [1, 2] }
  ],
  "timestamp": null
}`
const shown = (path: string, doc = text) => {
  const state = EditorState.create({ doc, extensions: [json()] })
  const { from, to } = placeInText(state, path)
  return state.sliceDoc(from, to)
}

test.each([
  ['', '{'],
  ['id', '"id": "a"'],
  ['settings[0].name', '"name": "x"'],
  ['settings[1].odd[1]', '2'],
  ['timestamp.place.header', '"timestamp": null'],
  ['missing', '{'],
])('%s stands there', (path, expected) => {
  expect(shown(path)).toBe(expected)
})

test('in a text that is no JSON, or empty, there is some place or none', () => {
  expect(shown('id', '')).toBe('')
  expect(shown('id', '{ "id": ')).toContain('"id"')
  expect(shown('a[3].b', '[1')).toBe('[')
})
