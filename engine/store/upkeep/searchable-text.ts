import { createHash } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import { decodePrefix } from '#engine/interchange/decode-prefix.ts'
import { decodePrefixNow } from '#engine/interchange/decode-prefix-now.ts'
import { plainText } from './plain-text.ts'

/** Of a longer body only so much is searchable: bytes, once its content coding is undone. */
export const TEXT_LIMIT_BYTES = 256 * 1024
/** Rises with every change of what is made of a delivery here: then the index is made anew. */
export const TEXT_VERSION = 1

const CHUNK_BYTES = 64 * 1024
const BEGINS_JSON = /^[\s\uFEFF]*[[{]/

/** What text search knows of a delivery. */
export interface SearchableText {
  url: string
  /** A line `name: value` for each. */
  headers: string
  body: string
  /** The body was longer, or a part of it could not be decoded. */
  cut: boolean
}

/** Where the text comes from; immutable once a delivery is stored. */
export interface TextSource {
  target: string
  rawHeaders: readonly RawHeader[]
  bodyByteLength: number
  /** At most `length` bytes of the body from `offset`; `null`: it is missing. */
  readBody: (offset: number, length: number) => Uint8Array | null
}

/**
 * The text that is indexed of a delivery, and given again when it is deleted. Percent-encoding and
 * JSON escapes are undone, since people look for words, not for how they were sent.
 */
export async function searchableText(source: TextSource): Promise<SearchableText> {
  return textWith(source, await beginningOf(source))
}

/** The same at once, for a search that looks at what is not indexed yet. */
export function searchableTextNow(source: TextSource): SearchableText {
  const coding = header(source.rawHeaders, 'content-encoding')
  const beginning =
    plainBeginning(source, coding) ??
    decodePrefixNow(
      (length) => source.readBody(0, length) ?? new Uint8Array(),
      coding,
      TEXT_LIMIT_BYTES,
    )
  return textWith(source, beginning)
}

interface Beginning {
  bytes: Buffer
  whole: boolean
}

function textWith(source: TextSource, { bytes, whole }: Beginning): SearchableText {
  const { target, rawHeaders } = source
  const contentType = header(rawHeaders, 'content-type')
  const body = plainText(bytes, contentType, whole)
  return {
    url: withDecoded(target),
    headers: rawHeaders.map(([name, value]) => `${name}: ${value}`).join('\n'),
    body,
    // JSON in another encoding passes for no text, and conditions on JSON can look into it.
    cut: !whole || (body === '' && BEGINS_JSON.test(bytes.toString('utf8', 0, 64))),
  }
}

/** 48 bits that tell whether a text is the one that was indexed. */
export function textCheck({ url, headers, body }: SearchableText): number {
  const digest = createHash('sha256').update(`${url}\0${headers}\0${body}`).digest()
  return digest.readUIntBE(0, 6)
}

async function beginningOf(source: TextSource): Promise<Beginning> {
  const coding = header(source.rawHeaders, 'content-encoding')
  return plainBeginning(source, coding) ?? decodePrefix(chunksOf(source), coding, TEXT_LIMIT_BYTES)
}

/** `null`: there is a content coding to be undone. */
function plainBeginning(source: TextSource, coding: string): Beginning | null {
  const { bodyByteLength } = source
  if (bodyByteLength === 0) return { bytes: Buffer.alloc(0), whole: true }
  if (coding.replace(/identity|[\s,]/gi, '') !== '') return null
  const bytes = source.readBody(0, TEXT_LIMIT_BYTES)
  if (bytes === null) return { bytes: Buffer.alloc(0), whole: false }
  return { bytes: Buffer.from(bytes), whole: bodyByteLength <= TEXT_LIMIT_BYTES }
}

function* chunksOf({ bodyByteLength, readBody }: TextSource): Generator<Uint8Array> {
  for (let offset = 0; offset < bodyByteLength; offset += CHUNK_BYTES) {
    const chunk = readBody(offset, CHUNK_BYTES)
    if (chunk === null) return
    yield chunk
  }
}

/** All values of a repeated header, joined as Node does. */
function header(rawHeaders: readonly RawHeader[], name: string): string {
  return rawHeaders
    .flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))
    .join(', ')
}

/** As sent, and decoded where that differs: either may be looked for. */
function withDecoded(target: string): string {
  if (!/[%+]/.test(target)) return target
  try {
    const decoded = decodeURIComponent(target.replace(/\+/g, ' '))
    return decoded === target ? target : `${target} ${decoded}`
  } catch {
    // Not UTF-8 behind the percent signs: as sent is all there is.
    return target
  }
}
