import { randomBytes } from 'node:crypto'
import zlib from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodePrefix } from './decode-prefix.ts'

const text = Buffer.from('a webhook that was packed '.repeat(2_000))

describe('the beginning of a compressed body', () => {
  it.each([
    ['gzip', zlib.gzipSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))],
  ])('%s is decoded', async (coding, packed) => {
    const halves = [packed.subarray(0, 10), packed.subarray(10)]
    expect(await decodePrefix(halves, coding, 100_000)).toEqual({ bytes: text, whole: true })
    const cut = await decodePrefix(halves, coding, 1_000)
    expect(cut).toEqual({ bytes: text.subarray(0, 1_000), whole: false })
  })

  it('reads and decodes no more of a large one than it takes', async () => {
    const large = zlib.gzipSync(randomBytes(4 * 1024 * 1024))
    let read = 0
    function* chunks() {
      for (let at = 0; at < large.length; at += 1024) {
        read += 1024
        yield large.subarray(at, at + 1024)
      }
    }
    const { bytes, whole } = await decodePrefix(chunks(), 'gzip', 10_000)
    expect([bytes.length, whole]).toEqual([10_000, false])
    expect(read).toBeLessThan(large.length / 4)
  })

  it('stops within a bomb', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(8 * 1024 * 1024, 'a'))
    const { bytes, whole } = await decodePrefix([bomb], 'gzip', 10_000)
    expect([bytes.length, whole]).toEqual([10_000, false])
  })

  it('says of damaged, cut and unknown ones that they are not whole', async () => {
    const packed = zlib.gzipSync(randomBytes(50_000))
    const cut = await decodePrefix([packed.subarray(0, 30_000)], 'gzip', 100_000)
    expect(cut.whole).toBe(false)
    expect(cut.bytes.length).toBeGreaterThan(10_000)
    const nothing = { bytes: Buffer.alloc(0), whole: false }
    expect(await decodePrefix([text], 'gzip', 1_000)).toEqual(nothing)
    expect(await decodePrefix([text], 'rot13', 1_000)).toEqual(nothing)
    expect((await decodePrefix([text], 'gzip, br', 100_000)).whole).toBe(false)
    expect(await decodePrefix([], 'gzip', 1_000)).toEqual({ bytes: Buffer.alloc(0), whole: true })
  })
})
