import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { visibleLines, visibleStart, visibleText } from './visible-text.ts'

it('names what would otherwise hide', () => {
  expect(visibleText('pay\u202Eload')).toBe('pay⟨U+202E⟩load')
  expect(visibleText('a\r\nb\t\u0000')).toBe('a␍␊b␉␀')
  expect(visibleText('zero\u200Bwidth\uFEFF')).toBe('zero⟨U+200B⟩width⟨U+FEFF⟩')
})

it('names what is there without being seen', () => {
  expect(visibleText('pay\u3164pal \u2800')).toBe('pay⟨U+3164⟩pal ⟨U+2800⟩')
  expect(visibleText('hi\u{E0068}\u{E0158}')).toBe('hi⟨U+E0068⟩⟨U+E0158⟩')
  expect(visibleText('\uD800x\u206A\uFFF9')).toBe('⟨U+D800⟩x⟨U+206A⟩⟨U+FFF9⟩')
  expect(visibleText('❤\uFE0F ☺\uFE0E')).toBe('❤\uFE0F ☺\uFE0E')
  expect(visibleLines('a\nb\u202E')).toBe('a\nb⟨U+202E⟩')
})

it('leaves ordinary text of any language alone', () => {
  for (const text of ['{"ok":true}', 'Grüße', '你好', 'سلام', '🎉']) {
    expect(visibleText(text)).toBe(text)
  }
})

it('lets no control or direction character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2066-\u2069]/u)
    }),
  )
})

it('cuts long text and says so', () => {
  expect(visibleStart('abcdef', 3)).toBe('abc…')
  expect(visibleStart('abc', 3)).toBe('abc')
  expect(visibleStart('ab😀c', 3)).toBe('ab…')
})
