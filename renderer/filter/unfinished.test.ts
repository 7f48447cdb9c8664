import { expect, it } from 'vitest'
import { suggest, type OfferedValues } from './suggest.ts'
import { isUnfinished } from './unfinished.ts'

const offered: OfferedValues = {
  endpoint: [{ value: 'stripe' }, { value: 'My shop' }],
  type: [{ value: 'invoice.paid' }, { value: 'invoice.paid.late' }],
}

/** The caret stands at `|`. */
function at(marked: string): boolean {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  return isUnfinished(text, caret, suggest(text, caret, offered))
}

it.each([
  'v|',
  'ver|',
  'VERD|',
  'verdict|',
  'endpoint:stripe ver|',
  '-ver|',
  '(type:x OR si|',
  'verdict:|',
  'size:|',
  'verdict:inv|',
  'endpoint:STR|',
  'endpoint:"My s|',
  'type:invoice.p|',
])('waits for the rest of %s', (marked) => expect(at(marked)).toBe(true))

it.each([
  '|',
  'verdict:invalid |',
  'verx|',
  'stripe|',
  've|r',
  'verdict:i|nv',
  'ver |',
  'verdict:invalid|',
  'verdict:invx|',
  'endpoint:stripe|',
  'type:invoice.paid|',
  'type:inv*|',
  'size:>5kb|',
  'nosuch:|',
  '"ver|',
])('does not wait at %s', (marked) => expect(at(marked)).toBe(false))
