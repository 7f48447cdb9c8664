import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import type { RawHeader } from '#contract/http.ts'
import { findHeader } from '#engine/signatures/headers.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'
import type { BodyGuess } from './types.ts'

const DECODED_LIMIT_BYTES = 8 * 1024 * 1024
const ENCODED_LIMIT_BYTES = 128 * 1024

/** Windows-1252 where it differs from latin1: 0x80 to 0x9f (encoding.spec.whatwg.org). */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The body in another charset, encoded twice, or wrapped in base64. */
export function* charsetGuesses(whole: WholeBody): Generator<BodyGuess> {
  const { bytes, text } = whole
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isAscii = buffer.every((byte) => byte < 0x80)
  if (!isAscii && text !== null) {
    yield made('in latin1', 'With the text in latin1', 0.8, () => toSingleBytes(text, false))
    yield made('in Windows-1252', 'With the text in Windows-1252', 0.4, () =>
      toSingleBytes(text, true),
    )
  }
  if (!isAscii) {
    yield made(
      'in UTF-8, read from latin1',
      'With the bytes read as latin1 and written as UTF-8',
      0.7,
      () => Buffer.from(buffer.toString('latin1')),
    )
    yield made(
      'in UTF-8, read from Windows-1252',
      'With the bytes read as Windows-1252 and written as UTF-8',
      0.3,
      () => Buffer.from(fromCp1252(buffer)),
    )
  }
  if (text !== null) {
    yield made('in UTF-16', 'With the text in UTF-16 (little-endian)', 0.05, () =>
      Buffer.from(text, 'utf16le'),
    )
    if (/^[A-Za-z0-9+/_-]{8,}={0,2}\s*$/.test(text)) {
      yield made('with its base64 undone', 'With the base64 around it undone', 0.9, () =>
        Buffer.from(text.trim(), 'base64'),
      )
    }
  }
  yield made('in base64', 'With the body in base64', 0.1, () =>
    Buffer.from(buffer.toString('base64')),
  )
}

const made = (
  detail: string,
  done: string,
  weight: number,
  make: () => Buffer | null,
): BodyGuess => ({
  ...{ code: 'body-encoding', detail, done, weight },
  bytes: make,
})

function toSingleBytes(text: string, cp1252: boolean): Buffer | null {
  const bytes = Buffer.alloc(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const high = cp1252 && code > 0x9f ? CP1252.indexOf(text.charAt(index)) : -1
    if (high === -1 && code > 0xff) return null
    bytes[index] = high === -1 ? code : 0x80 + high
  }
  return bytes
}

function fromCp1252(buffer: Buffer): string {
  return buffer
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (found) => CP1252.charAt(found.charCodeAt(0) - 0x80))
}

const codings = {
  gzip: [gunzipSync],
  deflate: [inflateSync, inflateRawSync],
  br: [brotliDecompressSync],
}

/** The content coding undone, or applied as servers do by default. */
export function* contentCodingGuesses(
  bytes: Uint8Array,
  rawHeaders: readonly RawHeader[],
): Generator<BodyGuess> {
  const named = findHeader(rawHeaders, 'content-encoding')?.toLowerCase().trim() ?? null
  for (const [coding, decoders] of Object.entries(codings)) {
    if (
      coding !== named &&
      !(coding === 'gzip' ? bytes[0] === 0x1f && bytes[1] === 0x8b : looksZlib(bytes, coding))
    )
      continue
    for (const decode of decoders) {
      yield {
        code: 'body-encoding',
        detail: `with its ${coding} coding undone`,
        done: `With the ${coding} coding undone`,
        weight: 0.95,
        bytes: () => attempt(() => decode(bytes, { maxOutputLength: DECODED_LIMIT_BYTES })),
      }
    }
  }
  if (bytes.byteLength === 0 || bytes.byteLength > ENCODED_LIMIT_BYTES) return
  for (const [coding, encode, weight] of encoders(bytes)) {
    yield {
      code: 'body-encoding',
      detail: `with the ${coding} coding applied`,
      done: `With the ${coding} coding applied`,
      weight: named === coding ? 0.9 : weight,
      bytes: () => attempt(encode),
    }
  }
}

function looksZlib(bytes: Uint8Array, coding: string): boolean {
  return coding === 'deflate' && bytes[0] === 0x78 && ((0x78 << 8) | (bytes[1] ?? 0)) % 31 === 0
}

/** Compressing gives the same bytes only with the same library and level: the usual ones. */
function* encoders(bytes: Uint8Array): Generator<[string, () => Buffer, number]> {
  for (const level of [6, 9, 1]) {
    yield ['gzip', () => gzipSync(bytes, { level }), 0.15]
    yield ['gzip', () => withSystem(gzipSync(bytes, { level }), 0xff), 0.1]
    yield ['deflate', () => deflateSync(bytes, { level }), 0.08]
  }
  yield ['deflate', () => deflateRawSync(bytes), 0.05]
  for (const quality of bytes.byteLength <= 2048 ? [11, 5, 4] : [5, 4]) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality }
    yield ['br', () => brotliCompressSync(bytes, { params }), 0.05]
  }
}

/** RFC 1952 names the writer's system in byte 9; libraries differ in nothing else. */
function withSystem(gzipped: Buffer, system: number): Buffer {
  gzipped[9] = system
  return gzipped
}

/** node:zlib throws for what is not so encoded; that is one of the expected answers here. */
function attempt(make: () => Buffer): Buffer | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}
