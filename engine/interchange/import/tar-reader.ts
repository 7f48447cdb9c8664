import { MOST_REQUEST_BYTES } from './carry-in.ts'
import { readMessage } from './raw-reader.ts'
import type { Imported, RequestReader } from './request-reader.ts'
import { WholeText } from './whole-text.ts'

const BLOCK = 512
/** A regular file, in old archives a NUL (POSIX.1-1988, `typeflag`). */
const REGULAR = new Set(['0', '\0'])

interface Member {
  path: string
  isFile: boolean
  modifiedAtMs: number
  text: WholeText
}

/** Reads a tar of raw HTTP messages, one a file, such as our own export; the file's time counts. */
export class TarReader implements RequestReader {
  #header: Uint8Array = new Uint8Array()
  #member: Member | null = null
  /** Bytes of the member, and of its padding, that are still to come. */
  #left = 0
  #padding = 0
  #ended = false
  #broken = false;

  *push(piece: Uint8Array): Iterable<Imported> {
    let rest = piece
    while (rest.length > 0 && !this.#ended) {
      if (this.#member === null && this.#padding > 0) rest = this.#skipPadding(rest)
      else if (this.#member === null) rest = this.#readHeader(rest)
      else {
        const part = rest.subarray(0, this.#left)
        this.#member.text.push(part)
        this.#left -= part.length
        rest = rest.subarray(part.length)
      }
      if (this.#member !== null && this.#left === 0) {
        yield* this.#finish(this.#member)
        this.#member = null
      }
    }
  }

  *end(): Iterable<Imported> {
    if (this.#broken) yield { problem: 'The archive has a header that is none of a tar.' }
    else if (this.#member) yield { problem: `The archive ends within ${this.#member.path}.` }
    else if (this.#header.length > 0) yield { problem: 'The archive ends within a file’s header.' }
  }

  #skipPadding(bytes: Uint8Array): Uint8Array {
    const skipped = Math.min(this.#padding, bytes.length)
    this.#padding -= skipped
    return bytes.subarray(skipped)
  }

  #readHeader(bytes: Uint8Array): Uint8Array {
    const wanted = BLOCK - this.#header.length
    const header = Buffer.concat([this.#header, bytes.subarray(0, wanted)])
    const rest = bytes.subarray(wanted)
    this.#header = header.length < BLOCK ? header : new Uint8Array()
    if (header.length < BLOCK) return rest
    if (header.every((byte) => byte === 0)) {
      this.#ended = true
      return rest
    }
    const text = (at: number, length: number) =>
      header.toString('latin1', at, at + length).replace(/\0.*$/s, '')
    const octal = (at: number, length: number) => {
      const digits = text(at, length).trim()
      return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN
    }
    const prefix = text(345, 155)
    this.#left = octal(124, 12)
    const modifiedAtMs = octal(136, 12) * 1000
    if (!Number.isFinite(this.#left) || !Number.isFinite(modifiedAtMs)) {
      this.#ended = this.#broken = true
      return rest
    }
    this.#padding = (BLOCK - (this.#left % BLOCK)) % BLOCK
    this.#member = {
      path: `${prefix === '' ? '' : `${prefix}/`}${text(0, 100)}`,
      isFile: REGULAR.has(header.toString('latin1', 156, 157)),
      modifiedAtMs,
      text: new WholeText(MOST_REQUEST_BYTES),
    }
    return rest
  }

  *#finish({ path, isFile, modifiedAtMs, text }: Member): Iterable<Imported> {
    if (!isFile) return
    if (!/\.(?:http|txt|raw)$/i.test(path)) {
      yield { problem: `${path} is left out: a raw HTTP message ends in .http, .txt or .raw.` }
      return
    }
    const bytes = text.bytes()
    const read = bytes ? readMessage(bytes, modifiedAtMs) : { problem: 'it is larger than 96 MiB.' }
    yield 'problem' in read ? { problem: `${path}: ${read.problem}` } : read
  }
}
