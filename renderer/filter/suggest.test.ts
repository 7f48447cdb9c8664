import { expect, it } from 'vitest'
import { filterKeys } from '#contract/filter/terms.ts'
import { accept, suggest, type OfferedValues } from './suggest.ts'

const offered: OfferedValues = {
  endpoint: [{ value: 'stripe' }, { value: 'My shop', detail: '/shop' }],
  type: [{ value: 'invoice.paid' }, { value: 'invoice.*' }, { value: 'paid.out' }],
}

/** The caret stands at `|`. */
function at(marked: string) {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const suggestions = suggest(text, caret, offered)
  return { text, suggestions, inserts: suggestions.items.map(({ insert }) => insert) }
}

function accepted(marked: string, insert: string): string {
  const { text, suggestions } = at(marked)
  const item = suggestions.items.find((each) => each.insert === insert)
  if (!item) throw new Error(`${insert} is not suggested`)
  const done = accept(text, suggestions, item)
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`
}

it('offers every key where nothing stands', () => {
  expect(at('|').inserts).toEqual(filterKeys.map(({ key }) => `${key}:`))
  expect(at('verdict:valid |').inserts).toHaveLength(filterKeys.length)
  expect(at('-|').inserts).toHaveLength(filterKeys.length)
})

it('offers keys that begin so, and values of any key', () => {
  expect(at('ver|').inserts).toEqual(['verdict:'])
  expect(at('-(ver|)').inserts).toEqual(['verdict:'])
  expect(at('inv|').inserts).toEqual(['verdict:invalid', 'type:invoice.paid', 'type:invoice.*'])
  expect(at('my|').inserts).toEqual(['endpoint:"My shop"'])
})

it('offers the values of a key, those that begin so first', () => {
  expect(at('endpoint:|').inserts).toEqual(['stripe', '"My shop"'])
  expect(at('endpoint:"my|').inserts).toEqual(['"My shop"'])
  expect(at('type:paid|').inserts).toEqual(['paid.out', 'invoice.paid'])
  expect(at('is:pin|').inserts).toEqual(['pinned'])
  expect(at('status:|').inserts).toContain('4xx')
  expect(at('endpoint:stripe|').inserts).toEqual([])
})

it('puts them in place of what is there, with a space behind at the end', () => {
  expect(accepted('ver|', 'verdict:')).toBe('verdict:|')
  expect(accepted('a verdict:inv|', 'invalid')).toBe('a verdict:invalid |')
  expect(accepted('(endpoint:|) b', '"My shop"')).toBe('(endpoint:"My shop"|) b')
  expect(accepted('ve|rd:x', 'verdict:')).toBe('verdict:|')
  expect(accepted('verdict:in|val y', 'invalid')).toBe('verdict:invalid| y')
})

it('keeps the value when the key is changed', () => {
  expect(accepted('s|ize:>5', 'skew:')).toBe('skew:|>5')
})
