import { Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'

/**
 * Undoes the content codings of a body (RFC 9110 §8.4) for showing; what was signed are the bytes as
 * they came.
 *
 * @param contentEncoding the header's value, such as `gzip` or `deflate, br`; the last was applied last
 * @param limitBytes the most that may come out of any step, so that a decompression bomb stops early
 * @returns the bytes, or one sentence that says why not; never rejects
 */
export async function decodeBody(
  bytes: Uint8Array,
  contentEncoding: string | null,
  limitBytes: number,
): Promise<{ bytes: Uint8Array } | { problem: string }> {
  const codings = (contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > maxCodings) {
    return { problem: `The body is encoded ${codings.length} times over; it is shown as it came.` }
  }
  let current = bytes
  for (const coding of codings.reverse()) {
    const decoder = createDecoder(coding, current)
    if (!decoder)
      return { problem: `The content coding “${coding.slice(0, 40)}” is not known here.` }
    const step = await run(decoder, current, coding, limitBytes)
    if ('problem' in step) return step
    current = step.bytes
  }
  if (current.length > limitBytes) return { problem: tooLarge(limitBytes) }
  return { bytes: current }
}

const maxCodings = 5

/**
 * Undoes one content coding; `null`: it is not known here.
 * @param bytes how the encoded bytes begin
 */
export function createDecoder(coding: string, bytes: Uint8Array): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip()
    case 'deflate':
      // RFC 9110 §8.4.1.2 means the zlib format; some senders leave out its header.
      return isZlib(bytes) ? zlib.createInflate() : zlib.createInflateRaw()
    case 'br':
      return zlib.createBrotliDecompress()
    case 'zstd':
      // Node 22.15 and later.
      return typeof zlib.createZstdDecompress === 'function' ? zlib.createZstdDecompress() : null
    default:
      return null
  }
}

/** The zlib header: method 8, and the two bytes a multiple of 31 (RFC 1950 §2.2). */
function isZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
}

async function run(
  decoder: Transform,
  bytes: Uint8Array,
  coding: string,
  limitBytes: number,
): Promise<{ bytes: Uint8Array } | { problem: string }> {
  const source = Readable.from([bytes], { objectMode: false })
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    source.pipe(decoder)
    for await (const chunk of decoder) {
      if (!(chunk instanceof Uint8Array)) continue
      length += chunk.length
      if (length > limitBytes) return { problem: tooLarge(limitBytes) }
      chunks.push(chunk)
    }
    return { bytes: Buffer.concat(chunks) }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return { problem: `The body says it is ${coding}, but it cannot be decoded (${cause}).` }
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

function tooLarge(limitBytes: number): string {
  return `The decoded body is larger than ${limitBytes} bytes; it is shown as it came.`
}
