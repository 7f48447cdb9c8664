import { expect, it } from 'vitest'
import { looksBinary, looksLikeJson, textOfBytes } from './text-of-bytes.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

it('reads UTF-8 and says when bytes were replaced', () => {
  expect(textOfBytes(utf8('Grüße 🎉'), true)).toEqual({ text: 'Grüße 🎉', replaced: false })
  expect(textOfBytes(Uint8Array.of(0x61, 0xff, 0x62), true)).toEqual({
    text: 'a\uFFFDb',
    replaced: true,
  })
})

it('leaves a cut character out while more follows', () => {
  const cut = utf8('ab€').subarray(0, 4)
  expect(textOfBytes(cut, false)).toEqual({ text: 'ab', replaced: false })
  expect(textOfBytes(cut, true)).toEqual({ text: 'ab\uFFFD', replaced: true })
})

it('keeps a byte order mark, which is part of the body', () => {
  expect(textOfBytes(utf8('\uFEFF{}'), true).text).toBe('\uFEFF{}')
})

it('tells text from binary', () => {
  expect(looksBinary(utf8('{"a":1}\n\t'))).toBe(false)
  expect(looksBinary(Uint8Array.of(0x1f, 0x8b, 8, 0, 0))).toBe(true)
  expect(looksBinary(new Uint8Array(0))).toBe(false)
})

it('tells JSON by header or by its first character', () => {
  expect(looksLikeJson('application/cloudevents+json', utf8(''))).toBe(true)
  expect(looksLikeJson(null, utf8('  {"a":1}'))).toBe(true)
  expect(looksLikeJson('text/plain', utf8('a=1&b=2'))).toBe(false)
})
