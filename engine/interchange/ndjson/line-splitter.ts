const NEWLINE = 0x0a

/** A line without its end, or that it was longer than allowed (and passed over). */
export type Line = { number: number; bytes: Uint8Array } | { number: number; tooLong: true }

/** Cuts bytes that come in pieces into lines; at most one line is held. */
export class LineSplitter {
  readonly #most: number
  #held: Uint8Array[] = []
  #heldBytes = 0
  #number = 1
  #skipping = false

  constructor(mostBytes: number) {
    this.#most = mostBytes
  }

  *push(piece: Uint8Array): Iterable<Line> {
    for (let at = 0; at < piece.byteLength;) {
      const end = piece.indexOf(NEWLINE, at)
      this.#hold(piece.subarray(at, end < 0 ? piece.byteLength : end))
      if (end < 0) return
      at = end + 1
      yield this.#take()
    }
  }

  *end(): Iterable<Line> {
    if (this.#heldBytes > 0 || this.#skipping) yield this.#take()
  }

  #hold(part: Uint8Array): void {
    if (this.#skipping || part.byteLength === 0) return
    this.#held.push(part)
    this.#heldBytes += part.byteLength
    if (this.#heldBytes <= this.#most) return
    this.#held = []
    this.#heldBytes = 0
    this.#skipping = true
  }

  #take(): Line {
    const number = this.#number++
    const tooLong = this.#skipping
    const [first] = this.#held
    const bytes = this.#held.length === 1 && first ? first : Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    this.#skipping = false
    return tooLong ? { number, tooLong } : { number, bytes }
  }
}
