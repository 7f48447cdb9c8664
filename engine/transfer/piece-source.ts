/**
 * Bytes that are pushed on one side and pulled on the other. `hungry` resolves when whoever pulls
 * waits for more: then it is time for the next piece.
 */
export class PieceSource {
  #pieces: Uint8Array[] = []
  #ended = false
  #waiting = false
  #wakePuller: () => void = () => undefined
  #wakeHungry: () => void = () => undefined

  push(piece: Uint8Array): void {
    this.#pieces.push(piece)
    this.#wakePuller()
  }

  end(): void {
    this.#ended = true
    this.#wakePuller()
  }

  hungry(): Promise<void> {
    if (this.#waiting) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wakeHungry = resolve
    })
  }

  async *pieces(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const piece = this.#pieces.shift()
      if (piece) yield piece
      else if (this.#ended) return
      else await this.#more()
    }
  }

  #more(): Promise<void> {
    this.#waiting = true
    this.#wakeHungry()
    return new Promise((resolve) => {
      this.#wakePuller = () => {
        this.#waiting = false
        resolve()
      }
    })
  }
}

/** The first bytes (fewer at the end), and all of them again. */
export async function peeked(
  pieces: AsyncIterator<Uint8Array>,
  byteLength: number,
): Promise<{ start: Uint8Array; all: AsyncGenerator<Uint8Array, void, void> }> {
  const held: Uint8Array[] = []
  let heldBytes = 0
  while (heldBytes < byteLength) {
    const next = await pieces.next()
    if (next.done) break
    held.push(next.value)
    heldBytes += next.value.byteLength
  }
  const start = Buffer.concat(held)
  async function* all(): AsyncGenerator<Uint8Array, void, void> {
    if (start.byteLength > 0) yield start
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
  }
  return { start, all: all() }
}
