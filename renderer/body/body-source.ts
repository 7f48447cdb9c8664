import { type CredentialRange, withRangesMasked } from '#contract/credentials.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { client } from '#renderer/app/api.ts'

/** Bytes that are looked at: a body, or a part of one. They never change. */
export interface BodySource {
  /** Names these bytes, for what is kept of them. */
  key: string
  /** Without an ending, for a file: `delivery-12`. */
  fileName: string
  byteLength: number
  contentType: string | null
  /** At most `MAX_RANGE_BYTES` from `offset` on. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** A stored body, as it came or with its content coding undone. */
export function deliverySource(of: {
  deliveryId: number
  decoded: boolean
  byteLength: number
  contentType: string | null
}): BodySource {
  const { deliveryId: id, decoded, byteLength, contentType } = of
  return {
    key: `delivery-${id}${decoded ? '-decoded' : ''}`,
    fileName: `delivery-${id}`,
    byteLength,
    contentType,
    read: async (offset, length) => {
      const blob = await client.deliveries.body({ id, offset, length, decoded })
      return new Uint8Array(await blob.arrayBuffer())
    },
  }
}

/** The same bytes with asterisks over the credentials among them; what is saved is masked too. */
export function maskedSource(source: BodySource, ranges: readonly CredentialRange[]): BodySource {
  if (ranges.length === 0) return source
  return {
    ...source,
    key: `${source.key}-masked`,
    fileName: `${source.fileName}-masked`,
    read: async (offset, length) =>
      withRangesMasked(await source.read(offset, length), offset, ranges),
  }
}

/** A stretch of other bytes, such as a part of a multipart body. */
export function partSource(
  whole: BodySource,
  part: { offset: number; byteLength: number; contentType: string | null; fileName: string },
): BodySource {
  const { offset, byteLength, contentType, fileName } = part
  return {
    key: `${whole.key}/${offset}+${byteLength}`,
    fileName,
    byteLength,
    contentType,
    read: (from, length) =>
      whole.read(offset + from, Math.max(0, Math.min(length, byteLength - from))),
  }
}

/** A text that was taken out of a body, such as the value of a form field. */
export function textSource(key: string, fileName: string, text: string): BodySource {
  const bytes = new TextEncoder().encode(text)
  return {
    key,
    fileName,
    byteLength: bytes.length,
    contentType: null,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  }
}

/** Reads from the start, a range after the other; `onRange` gets each as it comes. */
export async function readRanges(
  source: BodySource,
  most: number,
  onRange: (bytes: Uint8Array, readSoFar: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const end = Math.min(source.byteLength, most)
  for (let offset = 0; offset < end;) {
    const bytes = await source.read(offset, Math.min(MAX_RANGE_BYTES, end - offset))
    signal?.throwIfAborted()
    // A range that comes back empty would be asked for without end.
    if (bytes.length === 0) throw new Error('The stored body is shorter than it should be.')
    offset += bytes.length
    onRange(bytes, offset)
  }
}
