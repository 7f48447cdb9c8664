import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hexBytes, hexOffset, hexText } from './hex-rows.ts'

it('writes a row', () => {
  const bytes = new TextEncoder().encode('{"amount":12.50}').subarray(0, 16)
  expect(hexOffset(64_048)).toBe('0000fa30')
  expect(hexBytes(bytes)).toBe('7b 22 61 6d 6f 75 6e 74  22 3a 31 32 2e 35 30 7d')
  expect(hexText(Uint8Array.of(0x41, 0, 0x7f, 0xff, 0x20))).toBe('A··· ')
})

it('loses no byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 16 }), (bytes) => {
      const read = hexBytes(bytes)
        .split(/ +/)
        .filter(Boolean)
        .map((digits) => Number.parseInt(digits, 16))
      expect(read).toEqual([...bytes])
      expect(hexText(bytes)).toHaveLength(bytes.length)
    }),
  )
})
