import type { FilterTerm } from './filter.ts'
import { quote, readWritten, wrong, type Read, type Stretch } from './reading.ts'

type TextTerm = Extract<FilterTerm, { kind: 'text' }>

/** A word, a `"phrase"`, or the beginning of one: `wor*`, `"a phr"*`. */
export function readSearchText(value: Stretch, where: TextTerm['where']): Read<TextTerm> {
  const written = readWritten(value)
  if ('problem' in written) return written
  const { quoted, starBehind } = written.value
  const prefix = quoted ? starBehind : written.value.text.endsWith('*')
  const text = prefix && !quoted ? written.value.text.slice(0, -1) : written.value.text
  const star = quoted ? -1 : text.indexOf('*')
  if (star >= 0 && text !== '') {
    const at = { from: value.from + star, to: value.from + star + 1 }
    return wrong(at, 'In text, * stands only at the end of a word: it finds what begins so.')
  }
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return wrong(value, 'Text is searched by its words: write a letter or a digit at least.')
  }
  return { value: { kind: 'text', where, text, prefix } }
}

export function writeSearchText({ text, prefix }: TextTerm): string {
  const bare = /^[\p{L}\p{N}][\p{L}\p{N}_.,;/@+'-]*$/u.test(text) && !/^(?:OR|AND|NOT)$/.test(text)
  return `${bare ? text : quote(text)}${prefix ? '*' : ''}`
}
