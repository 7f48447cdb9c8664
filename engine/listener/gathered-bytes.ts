/** Pieces of this size are held as they came; smaller ones are put together. */
const LARGE = 16 * 1024
const SMALLEST_SLAB = 1024
const EMPTY = Buffer.alloc(0)

/**
 * Bytes that come in pieces. Each piece as an object of its own costs some two hundred bytes and
 * keeps its whole packet in memory: a sender that writes one byte at a time would have a megabyte
 * cost two hundred. Here what is held is at most some twice the bytes.
 */
export class GatheredBytes {
  byteLength = 0
  private readonly sealed: Buffer[] = []
  private slab = EMPTY
  private used = 0

  add(piece: Buffer): void {
    this.byteLength += piece.length
    if (piece.length >= LARGE) {
      this.seal()
      this.sealed.push(piece)
      return
    }
    if (piece.length > this.slab.length - this.used) {
      this.seal()
      const size = Math.min(LARGE, Math.max(SMALLEST_SLAB, this.byteLength))
      this.slab = Buffer.allocUnsafeSlow(Math.max(size, piece.length))
    }
    this.used += piece.copy(this.slab, this.used)
  }

  /** In order; views of what is held. */
  pieces(): readonly Buffer[] {
    return this.used === 0 ? this.sealed : [...this.sealed, this.slab.subarray(0, this.used)]
  }

  private seal(): void {
    if (this.used > 0) this.sealed.push(this.slab.subarray(0, this.used))
    this.slab = EMPTY
    this.used = 0
  }
}
