import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfHex, findInBytes, findInText, MOST_MATCHES } from './find.ts'

const term = (text: string, more = {}) => ({ text, matchCase: false, hex: false, ...more })
const utf8 = (text: string) => new TextEncoder().encode(text)

it('finds text whatever its case, unless case counts', () => {
  expect([...findInText('aXbx', term('x')).ranges]).toEqual([1, 2, 3, 4])
  expect([...findInText('aXbx', term('x', { matchCase: true })).ranges]).toEqual([3, 4])
  expect([...findInText('GRÜSSE', term('grüsse')).ranges]).toEqual([0, 6])
})

it('takes every character for itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      (around, text) => {
        const { ranges } = findInText(
          `${around}|${text}|${around}`,
          term(text, { matchCase: true }),
        )
        expect(ranges.length).toBeGreaterThan(0)
        for (let at = 0; at < ranges.length; at += 2) {
          expect(`${around}|${text}|${around}`.slice(ranges[at], ranges[at + 1])).toBe(text)
        }
      },
    ),
  )
})

it('finds every byte, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      (around, wanted) => {
        const all = Uint8Array.from([...around, ...wanted, ...around])
        const hex = Array.from(wanted, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
        const { ranges } = findInBytes(all, term(hex, { hex: true }))
        expect(ranges.length).toBeGreaterThan(0)
        for (let at = 0; at < ranges.length; at += 2) {
          expect([...all.subarray(ranges[at], ranges[at + 1])]).toEqual([...wanted])
        }
      },
    ),
  )
})

it('folds ASCII letters alone among bytes', () => {
  expect([...findInBytes(utf8('aÀà'), term('A')).ranges]).toEqual([0, 1])
  expect([...findInBytes(utf8('Àà'), term('à')).ranges]).toEqual([2, 4])
})

it('reads hex digits in the ways they are written', () => {
  for (const text of ['7b22', '7B 22', '0x7b, 0x22', '7b:22']) {
    expect([...(bytesOfHex(text) ?? [])]).toEqual([0x7b, 0x22])
  }
  for (const text of ['', '7', '7b2', 'zz']) expect(bytesOfHex(text)).toBeNull()
})

it('stops counting', () => {
  const { ranges, capped } = findInText('x'.repeat(MOST_MATCHES + 5), term('x'))
  expect([ranges.length / 2, capped]).toEqual([MOST_MATCHES, true])
})
