import type { RawHeader } from '#contract/http.ts'
import { decodeWholeNow } from '#engine/interchange/decode-prefix-now.ts'
import { wholeBytes } from '#engine/interchange/export/body-pieces.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { maskForm } from './mask-form.ts'
import { maskJson } from './mask-json.ts'
import type { MaskPath } from './mask-paths.ts'

/** Bodies up to here are looked into; of larger ones nothing could be masked with certainty. */
const MOST_BYTES = 64 * 1024 * 1024
/** Of a body with content codings: what may come out of it, as everywhere where one is undone. */
const MOST_DECODED_BYTES = 32 * 1024 * 1024

export interface MaskedBody {
  body: Uint8Array
  /** Without Content-Encoding where the coding had to be undone. */
  rawHeaders: RawHeader[]
  /** Texts that were masked. */
  values: string[]
  found: ReadonlySet<MaskPath>
  notices: string[]
}

/**
 * The body with its parts masked. What cannot be looked into is left out rather than let through: a
 * body that is neither JSON nor a form, or larger than 64 MiB, or than 32 MiB once it is decoded.
 */
export function maskBody(
  { delivery, body }: ExportedDelivery,
  paths: readonly MaskPath[],
): MaskedBody {
  const { rawHeaders } = delivery
  const kept = { rawHeaders: [...rawHeaders], values: [], found: new Set<MaskPath>(), notices: [] }
  if (body.byteLength > MOST_BYTES) {
    return { ...kept, body: new Uint8Array(), notices: [leftOut('is larger than 64 MiB')] }
  }
  const bytes = wholeBytes(body)
  if (paths.length === 0 || bytes.length === 0) return { ...kept, body: bytes }
  const coding = delivery.contentEncoding
  const decoded = coding === null ? bytes : decodeWholeNow(bytes, coding, MOST_DECODED_BYTES)
  if (!decoded) {
    const why = 'cannot be decoded, or is larger than 32 MiB once it is'
    return { ...kept, body: new Uint8Array(), notices: [leftOut(why)] }
  }
  const masked = maskedText(decoded, valueOf(rawHeaders, 'content-type'), paths)
  if (!masked) {
    return { ...kept, body: new Uint8Array(), notices: [leftOut('is neither JSON nor a form')] }
  }
  // Nothing of it is masked: it keeps its bytes, and its coding.
  if (masked.found.size === 0) return { ...kept, body: bytes }
  return {
    body: Buffer.from(masked.text, 'utf8'),
    rawHeaders: rawHeaders.filter(([name]) => name.toLowerCase() !== 'content-encoding'),
    values: masked.values,
    found: masked.found,
    notices: coding !== null ? ['A compressed body was unpacked, so that it could be masked.'] : [],
  }
}

function leftOut(why: string): string {
  return `A body ${why}, so nothing in it could be masked; it is left out.`
}

function maskedText(bytes: Uint8Array, contentType: string, paths: readonly MaskPath[]) {
  const text = textOf(bytes)
  if (text === null) return null
  const json = maskJson(text, paths)
  if (json) return json
  return /^application\/x-www-form-urlencoded\b/i.test(contentType) ? maskForm(text, paths) : null
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function valueOf(rawHeaders: readonly RawHeader[], lowerName: string): string {
  return rawHeaders.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? ''
}
