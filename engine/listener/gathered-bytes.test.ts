import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatheredBytes } from './gathered-bytes.ts'

test('gives back what it was given, in order, whatever the pieces', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.uint8Array({ minLength: 2000, maxLength: 40_000, size: 'max' }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const gathered = new GatheredBytes()
      for (const each of pieces) gathered.add(Buffer.from(each))
      const bytes = Buffer.concat(pieces)
      expect(Buffer.concat(gathered.pieces()).equals(bytes)).toBe(true)
      expect(gathered.byteLength).toBe(bytes.length)
    }),
    { numRuns: 60 },
  )
})

test('a hundred thousand pieces of one byte are a few blocks', () => {
  const gathered = new GatheredBytes()
  for (let n = 0; n < 100_000; n += 1) gathered.add(Buffer.from([n & 255]))
  expect(gathered.pieces().length).toBeLessThan(20)
  expect(gathered.byteLength).toBe(100_000)
})

test('a small piece does not keep its packet', () => {
  const gathered = new GatheredBytes()
  const packet = Buffer.alloc(64 * 1024)
  gathered.add(packet.subarray(0, 3))
  packet.fill(1)
  expect(Buffer.concat(gathered.pieces())).toEqual(Buffer.alloc(3))
})
