import { array, assert, constantFrom, integer, oneof, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeTerminal, escapeTerminalLines, jsonLine } from './escape.ts'

/** Written as code points, so that this test does not share the pattern that it checks. */
function acts(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x61c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xe0000 && code <= 0xe007f)
  )
}

const nasty = array(
  oneof(
    integer({ min: 0, max: 0xff }),
    integer({ min: 0x2000, max: 0x2070 }),
    integer({ min: 0xd7f0, max: 0xe010 }),
    integer({ min: 0xe0000, max: 0xe0080 }),
    constantFrom(0x1b, 0x9b, 0x61c, 0xfeff, 0x1f600),
  ),
).map((points) => points.map((code) => String.fromCodePoint(code)).join(''))

function codes(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

describe('escaping for terminals', () => {
  it('lets nothing through that acts on a terminal', () => {
    assert(
      property(nasty, (text) => {
        expect(codes(escapeTerminal(text)).filter(acts)).toEqual([])
        const lines = codes(escapeTerminalLines(text)).filter(acts)
        expect(lines.filter((code) => code !== 9 && code !== 10)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps JSON the same value', () => {
    assert(
      property(nasty, (text) => {
        const line = jsonLine({ [text]: [text] })
        expect(codes(line).filter(acts)).toEqual([])
        expect(JSON.parse(line)).toEqual({ [text]: [text] })
      }),
      { numRuns: 1000 },
    )
  })

  it('leaves ordinary text alone and shows the rest readably', () => {
    expect(escapeTerminal('/höök/漢字/😀')).toBe('/höök/漢字/😀')
    expect(escapeTerminal('\u001b]0;pwned\u0007\u009b31m\r\n\u202e')).toBe(
      '\\x1b]0;pwned\\x07\\x9b31m\\r\\n\\u202e',
    )
  })
})
