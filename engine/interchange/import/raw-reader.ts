import { parseRawHttp } from '#engine/interchange/raw-http.ts'
import { carryIn, MOST_REQUEST_BYTES } from './carry-in.ts'
import type { Imported, RequestReader } from './request-reader.ts'
import { WholeText } from './whole-text.ts'

/**
 * Reads one raw HTTP message (RFC 9112), which is the whole file. Of several in one file only the
 * first is read, and a notice says so: without Content-Length there is no telling where one ends.
 */
export class RawReader implements RequestReader {
  readonly #text = new WholeText(MOST_REQUEST_BYTES)

  push(piece: Uint8Array): Iterable<Imported> {
    this.#text.push(piece)
    return []
  }

  *end(): Iterable<Imported> {
    const bytes = this.#text.bytes()
    yield bytes ? readMessage(bytes, null) : { problem: 'The message is larger than 96 MiB.' }
  }
}

export function readMessage(bytes: Uint8Array, receivedAtMs: number | null): Imported {
  const parsed = parseRawHttp(bytes)
  return 'problem' in parsed ? parsed : carryIn(parsed, receivedAtMs)
}
