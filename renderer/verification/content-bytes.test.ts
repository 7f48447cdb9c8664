import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesOfBase64,
  hexOf,
  visibleRuns,
  withoutSplitEnd,
  withoutSplitStart,
} from './content-bytes.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const decode = (part: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(part)
const shown = (bytes: Uint8Array) =>
  visibleRuns(bytes)
    .map(({ text, breaks }) => text + (breaks ? '\n' : ''))
    .join('')

describe('visibleRuns', () => {
  it('gives blanks, tabs and line breaks a sign', () => {
    expect(shown(utf8('{"a": 1}\r\n\t x\n'))).toBe('{"a":·1}\\r\\n\n→·x\\n\n')
  })
  it('names control, direction and zero-width characters', () => {
    expect(shown(utf8('a\u0000b\u202Ec\uFEFF'))).toBe('a\\x00b⟨U+202E⟩c⟨U+FEFF⟩')
    expect(shown(utf8('a\u00a0b\u3000'))).toBe('a⟨U+00A0⟩b⟨U+3000⟩')
  })
  it('shows bytes that are no UTF-8 as bytes, and the rest as text', () => {
    expect(shown(Uint8Array.from([0x61, 0xff, 0xc3, 0xa4, 0xc3, 0x62]))).toBe('a⟨ff⟩ä⟨c3⟩b')
    // Overlong, surrogate, beyond Unicode.
    expect(shown(Uint8Array.from([0xc0, 0x80]))).toBe('⟨c0⟩⟨80⟩')
    expect(shown(Uint8Array.from([0xed, 0xa0, 0x80]))).toBe('⟨ed⟩⟨a0⟩⟨80⟩')
    expect(shown(Uint8Array.from([0xf4, 0x90, 0x80, 0x80]))).toBe('⟨f4⟩⟨90⟩⟨80⟩⟨80⟩')
  })
  it('tells a replacement character that was sent from one that was not', () => {
    expect(shown(utf8('\uFFFD'))).toBe('\uFFFD')
  })
  it('agrees with the platform on what is UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let valid = true
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(bytes)
        } catch {
          valid = false
        }
        const text = visibleRuns(bytes).map((run) => run.text)
        expect(text.some((run) => /⟨[0-9a-f]{2}⟩/.test(run))).toBe(!valid)
      }),
    )
  })
  it('never lets a blank or a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const run of visibleRuns(utf8(text))) expect(run.text).not.toMatch(/[\p{Zs}\p{Cc}]/u)
      }),
    )
  })
})

it('leaves out what a cut has split, and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, position) => {
      const bytes = utf8(text)
      const cut = position % (bytes.length + 1)
      const start = decode(withoutSplitEnd(bytes.subarray(0, cut)))
      const end = decode(withoutSplitStart(bytes.subarray(cut)))
      const missing = bytes.length - utf8(start).length - utf8(end).length
      expect(missing).toBeLessThanOrEqual(4)
      expect(text.startsWith(start) && text.endsWith(end)).toBe(true)
    }),
  )
})

it('reads base64 and writes hex', () => {
  expect(hexOf(bytesOfBase64('AP8KYQ=='))).toBe('00 ff 0a 61')
  expect(hexOf(bytesOfBase64(''))).toBe('')
})
