import { createHash } from 'node:crypto'
import { crc32 as zlibCrc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import {
  decodeLaxly,
  decodeSignature,
  encodeBytes,
  encodeDigest,
  type Encoding,
} from './encoding.ts'

const bytes = Buffer.from([0xfb, 0xff, 0x00, 0x0a])
const written: Record<Encoding, string> = {
  hex: 'fbff000a',
  'upper-hex': 'FBFF000A',
  base64: '+/8ACg==',
  base64url: '-_8ACg',
  text: 'fbff000a',
}

test.each(Object.entries(written) as [Encoding, string][])('%s', (encoding, text) => {
  expect(encodeBytes(bytes, encoding)).toBe(text)
  const digest = createHash('sha256').update('x').digest()
  expect(encodeDigest(createHash('sha256').update('x'), encoding)).toBe(
    encodeBytes(digest, encoding),
  )
})

describe('a signature is read', () => {
  test.each(['hex', 'upper-hex', 'base64', 'base64url'] as const)(
    '%s only as it is written',
    (encoding) => {
      expect(decodeSignature(written[encoding], encoding)).toEqual(bytes)
      for (const other of [
        `${written[encoding]} `,
        ` ${written[encoding]}`,
        `${written[encoding]}*`,
      ]) {
        expect(decodeSignature(other, encoding)).toBeNull()
      }
    },
  )

  test('not in another case, nor with the padding of another', () => {
    expect(decodeSignature('FBFF', 'hex')).toBeNull()
    expect(decodeSignature('fbff', 'upper-hex')).toBeNull()
    expect(decodeSignature('+/8ACg', 'base64')).toBeNull()
    expect(decodeSignature('-_8ACg==', 'base64url')).toBeNull()
  })

  test('as its own bytes where it is a text', () => {
    expect(decodeSignature('fbff', 'text')).toEqual(Buffer.from('fbff'))
  })

  test('by a decoder that forgives', () => {
    expect(decodeLaxly('FBFF', 'hex')).toBe('fbff')
    expect(decodeLaxly('fbff', 'upper-hex')).toBe('FBFF')
    expect(decodeLaxly('-_8ACg', 'base64')).toBe('+/8ACg==')
    expect(decodeLaxly('+/8ACg==', 'base64url')).toBe('-_8ACg')
    expect(decodeLaxly('FBFFxx', 'text')).toBe('fbff')
  })
})

test('CRC-32 is that of zlib, also in pieces', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcb_f4_39_26)
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = Buffer.concat([first, second])
      expect(crc32(whole)).toBe(zlibCrc32(whole))
      expect(crc32(second, crc32(first))).toBe(zlibCrc32(whole))
    }),
  )
})
