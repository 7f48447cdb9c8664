import type { Body } from '#engine/signatures/types.ts'

/** How much of a body is turned into text at a time. */
const PIECE_BYTES = 48 * 1024

/** The body in pieces of at most 48 KiB, all but the last a multiple of three bytes long. */
export function* evenPieces(body: Body): Iterable<Uint8Array> {
  let rest: Uint8Array = new Uint8Array()
  for (const chunk of body.chunks()) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (; bytes.length - at >= PIECE_BYTES; at += PIECE_BYTES) {
      yield bytes.subarray(at, at + PIECE_BYTES)
    }
    rest = bytes.slice(at)
  }
  if (rest.length > 0) yield rest
}

/** The body as base64 (RFC 4648, section 4), which may be joined: only the last piece has padding. */
export function* base64Pieces(body: Body): Iterable<string> {
  for (const piece of evenPieces(body)) yield base64Of(piece)
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** The body as text, piece by piece; throws a `TypeError` where it is no UTF-8. */
export function* textPieces(body: Body): Iterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (const piece of evenPieces(body)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** Whether the body is UTF-8; it is read once for that, up to its first wrong byte. */
export function isTextBody(body: Body): boolean {
  const pieces = textPieces(body)[Symbol.iterator]()
  try {
    while (pieces.next().done !== true);
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The whole body in memory: for formats that have to quote it at once. */
export function wholeBytes(body: Body): Uint8Array {
  const chunks = [...body.chunks()]
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

/** Text as UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}
