import { createHash } from 'node:crypto'
import type { Body } from '#engine/signatures/types.ts'
import { type BodyFact, PIECE_BYTES } from './lines.ts'

/** The bytes of a body again, in pieces of exactly `PIECE_BYTES` but for the last. */
export function* piecesOf(body: Body): Iterable<Uint8Array> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for (const chunk of body.chunks()) {
    for (let at = 0; at < chunk.byteLength;) {
      const part = chunk.subarray(at, at + PIECE_BYTES - heldBytes)
      held.push(part)
      heldBytes += part.byteLength
      at += part.byteLength
      if (heldBytes < PIECE_BYTES) continue
      yield held.length === 1 ? part : Buffer.concat(held)
      held = []
      heldBytes = 0
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}

export function bodyOfBytes(bytes: Uint8Array): Body {
  return { byteLength: bytes.byteLength, chunks: () => (bytes.byteLength === 0 ? [] : [bytes]) }
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** A body as it stands in a line, with as much of it as one line holds; reads all of it once. */
export function factOf(body: Body): BodyFact {
  const hash = createHash('sha256')
  let byteLength = 0
  let first: Uint8Array = new Uint8Array(0)
  for (const piece of piecesOf(body)) {
    if (byteLength === 0) first = piece
    byteLength += piece.byteLength
    hash.update(piece)
  }
  return { byteLength, sha256: hash.digest('hex'), base64: base64Of(first) }
}
