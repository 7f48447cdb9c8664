const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const LONGEST_NAME = 64

/** An item of the array, whole; or that one was too long to be kept. */
export type JsonItem = { bytes: Uint8Array } | { tooLong: true }

/**
 * Finds the items of the array that stands at two names of a JSON text (RFC 8259), such as
 * `log.entries`, in a text that comes in pieces. Only the item at hand is kept. What is around it is
 * looked at for nothing but its brackets and quotes.
 */
export class JsonItems {
  readonly #names: readonly [string, string]
  readonly #mostBytes: number
  #depth = 0
  #inString = false
  #escaped = false
  /** The last text, where it may be the name of a member. */
  #text: number[] = []
  /** The name of the member that is read at depth 1 and 2. */
  #at: [string, string] = ['', '']
  #inside = false
  #parts: Uint8Array[] = []
  #partsLength = 0
  #started = false
  /** The array was there. */
  found = false

  constructor(names: readonly [string, string], mostBytes: number) {
    this.#names = names
    this.#mostBytes = mostBytes
  }

  *push(piece: Uint8Array): Iterable<JsonItem> {
    let from = this.#started ? 0 : -1
    for (let index = 0; index < piece.length; index++) {
      if (this.#inString) {
        index = this.#throughString(piece, index)
        continue
      }
      const byte = piece[index] ?? 0
      if (this.#inside && !this.#started && isValueStart(byte)) {
        this.#started = true
        from = index
      }
      const ended = this.#byte(byte)
      if (!ended || !this.#started) continue
      // An object or array ends with its bracket; anything else before the comma.
      const end = byte === COMMA || !this.#inside ? index : index + 1
      yield this.#take(piece.subarray(Math.max(0, from), end))
      this.#started = false
      from = -1
    }
    if (this.#started && from !== -1) this.#keep(piece.subarray(from))
  }

  /** Where a string ends: the place of its closing quote, or the last of the piece. */
  #throughString(piece: Uint8Array, start: number): number {
    let from = start
    if (this.#escaped) {
      this.#escaped = false
      from++
    }
    for (;;) {
      const found = piece.indexOf(QUOTE, from)
      const end = found === -1 ? piece.length : found
      let slashes = 0
      while (end - slashes > from && piece[end - slashes - 1] === BACKSLASH) slashes++
      const escapes = slashes % 2 === 1
      if (found === -1 || !escapes) {
        this.#escaped = found === -1 && escapes
        this.#inString = found === -1
        this.#nameBytes(piece.subarray(start, end))
        return found === -1 ? piece.length - 1 : end
      }
      from = end + 1
    }
  }

  #nameBytes(bytes: Uint8Array): void {
    if (this.#depth > 2) return
    this.#text.push(...bytes.subarray(0, LONGEST_NAME - this.#text.length))
  }

  /** True: with this byte an item of the array is at its end. */
  #byte(byte: number): boolean {
    if (byte === QUOTE) {
      this.#inString = true
      if (this.#depth <= 2) this.#text = []
      return false
    }
    if (byte === COLON) {
      const name = this.#depth <= 2 ? Buffer.from(this.#text).toString() : ''
      if (this.#depth === 1) this.#at = [name, '']
      if (this.#depth === 2) this.#at = [this.#at[0], name]
      return false
    }
    if (byte === 0x7b || byte === 0x5b) return this.#open(byte)
    if (byte === 0x7d || byte === 0x5d) return this.#close()
    return byte === COMMA && this.#inside && this.#depth === 3
  }

  #open(byte: number): boolean {
    this.#depth++
    const isArray = byte === 0x5b && this.#depth === 3
    if (isArray && this.#at[0] === this.#names[0] && this.#at[1] === this.#names[1]) {
      this.#inside = true
      this.found = true
    }
    return false
  }

  #close(): boolean {
    this.#depth--
    if (!this.#inside) return false
    if (this.#depth === 2) {
      this.#inside = false
      return true
    }
    return this.#depth === 3
  }

  #keep(bytes: Uint8Array): void {
    this.#partsLength += bytes.length
    if (this.#partsLength > this.#mostBytes) this.#parts = []
    else this.#parts.push(Uint8Array.from(bytes))
  }

  #take(rest: Uint8Array): JsonItem {
    const length = this.#partsLength + rest.length
    const item: JsonItem =
      length > this.#mostBytes
        ? { tooLong: true }
        : { bytes: Buffer.concat([...this.#parts, rest]) }
    this.#parts = []
    this.#partsLength = 0
    return item
  }
}

/** Not a blank, a comma or the end of the array. */
function isValueStart(byte: number): boolean {
  return byte > 0x20 && byte !== COMMA && byte !== 0x5d && byte !== 0x7d
}
