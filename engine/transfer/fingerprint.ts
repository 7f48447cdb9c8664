import { createHash } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'

function digest(facts: readonly unknown[]): Uint8Array {
  return createHash('sha256').update(JSON.stringify(facts)).digest()
}

/** Of a delivery that its instance knows by an id (docs/ndjson.md, “Importing twice”). */
export function fingerprintOfDelivery(told: {
  instance: string
  id: number
  receivedAtMs: number
  bodySha256: string
}): Uint8Array {
  return digest(['delivery', told.instance, told.id, told.receivedAtMs, told.bodySha256])
}

/** So many different requests of a file are told apart from their copies in it. */
const MOST_COUNTED = 20_000

/**
 * Of requests without ids, by everything that their file says of them. The same request several
 * times in one file is several requests, as long as they stand not too far apart.
 */
export class RequestFingerprints {
  readonly #seen = new Map<string, number>()

  next(told: {
    receivedAtMs: number | null
    method: string
    target: string
    rawHeaders: readonly RawHeader[]
    bodySha256: string
  }): Uint8Array {
    const { receivedAtMs, method, target, rawHeaders, bodySha256 } = told
    const facts = ['request', receivedAtMs, method, target, rawHeaders, bodySha256]
    const key = Buffer.from(digest(facts)).toString('base64')
    const earlier = this.#seen.get(key) ?? 0
    this.#seen.delete(key)
    this.#seen.set(key, earlier + 1)
    const [oldest] = this.#seen.keys()
    if (this.#seen.size > MOST_COUNTED && oldest !== undefined) this.#seen.delete(oldest)
    return digest([...facts, earlier])
  }
}
