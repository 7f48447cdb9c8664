/** Pieces put together up to a limit. */
export class WholeText {
  readonly #mostBytes: number
  #parts: Uint8Array[] = []
  #length = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  push(piece: Uint8Array): void {
    this.#length += piece.length
    if (this.#length > this.#mostBytes) this.#parts = []
    else this.#parts.push(Uint8Array.from(piece))
  }

  /** `null`: there was more than fits. */
  bytes(): Uint8Array | null {
    return this.#length > this.#mostBytes ? null : Buffer.concat(this.#parts)
  }
}
