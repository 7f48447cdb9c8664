import zlib from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from './decode-body.ts'

const text = Buffer.from('{"hello":"world"}'.repeat(20))

async function decoded(bytes: Uint8Array, coding: string | null): Promise<Buffer> {
  const result = await decodeBody(bytes, coding, 1_000_000)
  if ('problem' in result) throw new Error(result.problem)
  return Buffer.from(result.bytes)
}

describe('decodeBody', () => {
  it.each([
    ['gzip', zlib.gzipSync(text)],
    ['X-Gzip', zlib.gzipSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['identity', text],
    ['deflate, br', zlib.brotliCompressSync(zlib.deflateSync(text))],
  ])('undoes %s', async (coding, bytes) => {
    expect(await decoded(bytes, coding)).toEqual(text)
  })

  const hasZstd = typeof zlib.zstdCompressSync === 'function'

  it.runIf(hasZstd)('undoes zstd', async () => {
    expect(await decoded(zlib.zstdCompressSync(text), 'zstd')).toEqual(text)
  })

  it.skipIf(hasZstd)('says that this Node has no zstd', async () => {
    expect(await decodeBody(text, 'zstd', 10_000)).toHaveProperty('problem')
  })

  it('leaves a body without coding alone', async () => {
    expect(await decoded(text, null)).toEqual(text)
  })

  it('stops a decompression bomb at the limit', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const before = process.memoryUsage().arrayBuffers
    const result = await decodeBody(bomb, 'gzip', 100_000)
    expect(result).toEqual({
      problem: 'The decoded body is larger than 100000 bytes; it is shown as it came.',
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024)
  })

  it.each(['gzip', 'deflate', 'br'])('says that %s is broken or cut', async (coding) => {
    const whole = coding === 'br' ? zlib.brotliCompressSync(text) : zlib.gzipSync(text)
    expect(await decodeBody(whole.subarray(0, 12), coding, 10_000)).toHaveProperty('problem')
    expect(await decodeBody(Buffer.from('plain text'), coding, 10_000)).toHaveProperty('problem')
  })

  it('names a coding that it does not know', async () => {
    expect(await decodeBody(text, 'compress', 10_000)).toEqual({
      problem: 'The content coding “compress” is not known here.',
    })
  })

  it('never rejects', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.oneof(fc.string(), fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'gzip,br')),
        async (bytes, coding) => {
          expect(await decodeBody(bytes, coding, 1000)).toBeTypeOf('object')
        },
      ),
    )
  })
})
