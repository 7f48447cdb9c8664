import { Readable, type Transform } from 'node:stream'
import { createDecoder } from './decode-body.ts'

const MAX_CODINGS = 5

/**
 * How a body begins once its content codings are undone (RFC 9110 §8.4); reads and decodes only as
 * much as that takes, so a decompression bomb costs no more than any other body.
 *
 * @param chunks the body as it came, read on demand
 * @param contentEncoding the header's value; the last coding was applied last
 * @returns at most `limitBytes`; `whole` is false when there is more, or when a part could not be
 *   decoded: then what came out before it is returned; never rejects for what the bytes are
 */
export async function decodePrefix(
  chunks: Iterable<Uint8Array>,
  contentEncoding: string,
  limitBytes: number,
): Promise<{ bytes: Buffer; whole: boolean }> {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse()
  const source = chunks[Symbol.iterator]()
  const first = source.next()
  if (first.done) return { bytes: Buffer.alloc(0), whole: true }
  const decoders = decodersOf(codings, first.value)
  if (decoders === null) return { bytes: Buffer.alloc(0), whole: false }
  function* again() {
    for (let next = first; !next.done; next = source.next()) yield next.value
  }
  return gather(Readable.from(again()), decoders, limitBytes)
}

/** The beginning is known only of the outermost: a `deflate` inside is taken for the zlib format. */
function decodersOf(codings: readonly string[], beginning: Uint8Array): Transform[] | null {
  if (codings.length > MAX_CODINGS) return null
  const zlibHeader = Buffer.from([0x78, 0x9c])
  const decoders = codings.map((coding, index) =>
    createDecoder(coding, index === 0 ? beginning : zlibHeader),
  )
  return decoders.every((decoder) => decoder !== null) ? decoders : null
}

async function gather(source: Readable, decoders: readonly Transform[], limitBytes: number) {
  const parts: Uint8Array[] = []
  let length = 0
  const last = decoders.reduce<Readable>((from, decoder) => from.pipe(decoder), source)
  const streams = [source, ...decoders]
  let broken = false
  // `pipe` does not pass failures on: whoever fails ends the last one, which is being read.
  for (const stream of streams) {
    stream.once('error', () => {
      broken = true
      if (stream !== last) last.destroy()
    })
  }
  try {
    for await (const chunk of last) {
      if (!(chunk instanceof Uint8Array)) continue
      parts.push(chunk)
      length += chunk.length
      if (length > limitBytes) break
    }
  } catch {
    // Compressed bytes that are damaged or cut: what came out before is kept.
    broken = true
  } finally {
    for (const stream of streams) stream.destroy()
  }
  const bytes = Buffer.concat(parts).subarray(0, limitBytes)
  return { bytes, whole: !broken && length <= limitBytes }
}
