import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BodySpool } from '#engine/listener/body-spool.ts'
import type { StoredBody } from '#engine/store/types.ts'

/** As the listener does: a larger body goes into a file. */
const MEMORY_BYTES = 1024 * 1024

/** Takes a body in pieces: in memory while it is small, else durably into a file. */
export class ImportBody {
  readonly #folder: string
  readonly #hash = createHash('sha256')
  #held: Uint8Array[] = []
  #heldBytes = 0
  #spool: BodySpool | null = null
  #drained: () => void = () => undefined

  constructor(bodiesFolder: string) {
    this.#folder = bodiesFolder
  }

  async push(bytes: Uint8Array): Promise<void> {
    if (this.#spool) {
      await this.#write(this.#spool, bytes)
      return
    }
    this.#hash.update(bytes)
    this.#held.push(bytes)
    this.#heldBytes += bytes.byteLength
    if (this.#heldBytes <= MEMORY_BYTES) return
    this.#spool = new BodySpool(this.#folder, () => this.#drained())
    const held = Buffer.concat(this.#held)
    this.#held = []
    await this.#write(this.#spool, held)
  }

  /** Rejects with the disk's error. */
  async finish(): Promise<{ stored: StoredBody; sha256: string }> {
    if (this.#spool === null) {
      const bytes = ownBytes(this.#held, this.#heldBytes)
      return { stored: { kind: 'memory', bytes }, sha256: this.#hash.digest('hex') }
    }
    const { name, byteLength, sha256 } = await this.#spool.finish()
    return { stored: { kind: 'file', name, byteLength }, sha256 }
  }

  /** Leaves nothing behind of a body that is not finished. */
  async discard(): Promise<void> {
    this.#held = []
    if (this.#spool === null) return
    const { name } = await this.#spool.finish()
    await this.remove(name)
  }

  /** Takes a finished body away again that no delivery has. */
  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true })
  }

  async #write(spool: BodySpool, bytes: Uint8Array): Promise<void> {
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve
    })
    if (!spool.write(bytes)) await drained
  }
}

/** In memory of their own: what crosses to another thread takes all of its memory along. */
function ownBytes(pieces: readonly Uint8Array[], byteLength: number): Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first?.byteLength === first?.buffer.byteLength && first) return first
  const bytes = new Uint8Array(byteLength)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}
