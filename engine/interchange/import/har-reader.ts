import { z } from 'zod'
import { RawHeader } from '#contract/http.ts'
import { readHarEntry } from '#engine/interchange/har-entry.ts'
import { carryIn, MOST_REQUEST_BYTES } from './carry-in.ts'
import { JsonItems, type JsonItem } from './json-items.ts'
import type { Imported, RequestReader } from './request-reader.ts'

/** What a HAR says of an entry beside its request; `_countersign` is what our own export adds. */
const Around = z.object({
  startedDateTime: z.string().optional().catch(undefined),
  _countersign: z
    .object({ target: z.string().min(1), rawTrailers: z.array(RawHeader) })
    .partial()
    .optional()
    .catch(undefined),
})

/**
 * Reads the entries of a HAR (HTTP Archive 1.2) one by one; the answers in it are not taken. An entry
 * of more than 96 MiB is left out and said.
 */
export class HarReader implements RequestReader {
  readonly #items = new JsonItems(['log', 'entries'], MOST_REQUEST_BYTES)
  #count = 0;

  *push(piece: Uint8Array): Iterable<Imported> {
    for (const item of this.#items.push(piece)) yield this.#read(item)
  }

  *end(): Iterable<Imported> {
    if (!this.#items.found) yield { problem: 'This is no HAR: it has no log.entries.' }
    else if (this.#count === 0) yield { problem: 'This HAR has no entries.' }
  }

  #read(item: JsonItem): Imported {
    const name = `Entry ${++this.#count}`
    if ('tooLong' in item) return { problem: `${name} is larger than 96 MiB and is left out.` }
    const entry = parsedJson(item.bytes)
    if (entry === undefined) return { problem: `${name} cannot be read as JSON.` }
    const parsed = readHarEntry(entry)
    if (!parsed) return { problem: `${name} has no request as HAR 1.2 has it.` }
    const around = Around.safeParse(entry)
    const { startedDateTime, _countersign: own } = around.success ? around.data : {}
    const request = {
      ...parsed.request,
      ...(own?.target === undefined ? {} : { target: own.target }),
      ...(own?.rawTrailers ? { rawTrailers: own.rawTrailers } : {}),
    }
    const atMs = startedDateTime === undefined ? Number.NaN : Date.parse(startedDateTime)
    const carried = carryIn({ ...parsed, request }, Number.isFinite(atMs) ? atMs : null)
    return 'problem' in carried ? { problem: `${name}: ${carried.problem}` } : carried
  }
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
