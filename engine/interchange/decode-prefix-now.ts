import zlib from 'node:zlib'

const MAX_CODINGS = 5
const FIRST_BYTES = 64 * 1024
/** What may come out of one attempt, beyond what is asked for; else fewer bytes are decoded. */
const ROOM_BYTES = 4 * 1024 * 1024

type Decoder = (bytes: Uint8Array, cut: boolean) => Buffer

/**
 * How a body begins once its content codings are undone (RFC 9110 §8.4), at once, where nothing can
 * be waited for; like `decodePrefix`.
 *
 * @param read how the body begins, at most so many bytes; fewer: that is all of it
 * @returns at most `limitBytes`; `whole` is false when there is more, or when a part could not be
 *   decoded: then what came out before it is returned; never throws for what the bytes are
 */
export function decodePrefixNow(
  read: (length: number) => Uint8Array,
  contentEncoding: string,
  limitBytes: number,
): { bytes: Buffer; whole: boolean } {
  const known = decodersFor(contentEncoding, limitBytes + ROOM_BYTES)
  if (known === null) return { bytes: Buffer.alloc(0), whole: false }
  let best: Buffer = Buffer.alloc(0)
  for (let length = FIRST_BYTES, good = 0; ; length *= 4) {
    const source = read(length)
    if (source.length === 0) return { bytes: best, whole: true }
    const decoded = attempt(known, source, true)
    if (decoded === null) best = upToFault(known, source, good, best, limitBytes)
    else best = decoded
    const complete = source.length < length
    if (decoded === null || best.length > limitBytes || complete) {
      const whole = complete && best.length <= limitBytes && attempt(known, source, false) !== null
      return { bytes: best.subarray(0, limitBytes), whole }
    }
    good = source.length
  }
}

/**
 * A body with its content codings undone, at once.
 * @returns `null`: it is damaged, larger than `limitBytes`, or of a coding that is not known here
 */
export function decodeWholeNow(
  source: Uint8Array,
  contentEncoding: string,
  limitBytes: number,
): Buffer | null {
  const decoders = decodersFor(contentEncoding, limitBytes)
  return decoders && attempt(decoders, source, false)
}

/** In the order in which they are undone; `null`: there are too many, or one is not known. */
function decodersFor(contentEncoding: string, mostBytes: number): Decoder[] | null {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse()
  if (codings.length > MAX_CODINGS) return null
  const known = codings.map((coding) => decoderOf(coding, mostBytes))
  const decoders = known.filter((decoder) => decoder !== null)
  return decoders.length < known.length ? null : decoders
}

/** What comes out of the longest part that can be decoded, or the first that gives enough. */
function upToFault(
  decoders: readonly Decoder[],
  source: Uint8Array,
  good: number,
  decodedGood: Buffer,
  limitBytes: number,
): Buffer {
  let best = decodedGood
  let low = good
  let high = source.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const decoded = attempt(decoders, source.subarray(0, middle), true)
    if (decoded === null) high = middle
    else {
      low = middle
      best = decoded
      if (best.length > limitBytes) return best
    }
  }
  return best
}

/** `cut`: the bytes may end anywhere. */
function attempt(decoders: readonly Decoder[], source: Uint8Array, cut: boolean): Buffer | null {
  try {
    return decoders.reduce<Buffer>((bytes, decode) => decode(bytes, cut), Buffer.from(source))
  } catch {
    return null
  }
}

function decoderOf(coding: string, maxOutputLength: number): Decoder | null {
  const { constants } = zlib
  const zlibFlush = (cut: boolean) => (cut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH)
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return (bytes, cut) =>
        zlib.gunzipSync(bytes, { maxOutputLength, finishFlush: zlibFlush(cut) })
    case 'deflate':
      return (bytes, cut) => {
        const options = { maxOutputLength, finishFlush: zlibFlush(cut) }
        return isZlib(bytes)
          ? zlib.inflateSync(bytes, options)
          : zlib.inflateRawSync(bytes, options)
      }
    case 'br':
      return (bytes, cut) =>
        zlib.brotliDecompressSync(bytes, {
          maxOutputLength,
          finishFlush: cut ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_FINISH,
        })
    case 'zstd':
      // Node 22.15 and later.
      if (typeof zlib.zstdDecompressSync !== 'function') return null
      return (bytes, cut) =>
        zlib.zstdDecompressSync(bytes, {
          maxOutputLength,
          finishFlush: cut ? constants.ZSTD_e_flush : constants.ZSTD_e_end,
        })
    default:
      return null
  }
}

/** RFC 1950 §2.2: method 8, and the two bytes a multiple of 31. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
}
