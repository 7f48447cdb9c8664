import type { Database, Statement } from 'better-sqlite3'
import type { RawHeader } from '#contract/http.ts'
import { decodeWholeNow } from '#engine/interchange/decode-prefix-now.ts'
import type { BodyReader } from '#engine/store/body-reader.ts'
import { parseHeaders } from '#engine/store/delivery-rows.ts'

/** The most that undoing a content coding may produce. */
const DECODED_LIMIT_BYTES = 32 * 1024 * 1024

interface StoredHead {
  rawHeaders: string
  byteLength: number
}

/** Reads what conditions on headers and bodies look at. */
export class StoredParts {
  readonly #bodies: BodyReader
  readonly #head: Statement<[number], StoredHead>
  readonly #small: Statement<[number], Buffer>
  /** The body that was read last: several conditions may look at one. */
  #last: { id: number; text: string } | null = null

  constructor(db: Database, bodies: BodyReader) {
    this.#bodies = bodies
    this.#head = db.prepare(
      `SELECT raw_headers AS rawHeaders, body_byte_length AS byteLength FROM deliveries
       WHERE id = ?`,
    )
    this.#small = db
      .prepare<[number], Buffer>('SELECT bytes FROM bodies WHERE delivery_id = ?')
      .pluck()
  }

  headers(id: number): RawHeader[] {
    return parseHeaders(this.#head.get(id)?.rawHeaders ?? null)
  }

  /** The body as text, its content coding undone; what cannot be decoded is not there. */
  bodyText(id: number): string {
    if (this.#last?.id !== id) this.#last = { id, text: this.#read(id) }
    return this.#last.text
  }

  #read(id: number): string {
    const head = this.#head.get(id)
    if (head === undefined || head.byteLength === 0) return ''
    const whole = () => this.#bodies.body(id, 0, head.byteLength) ?? new Uint8Array()
    const coding = codingOf(head.rawHeaders)
    if (coding === '') {
      const bytes = this.#small.get(id) ?? whole()
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    }
    return decodeWholeNow(whole(), coding, DECODED_LIMIT_BYTES)?.toString('utf8') ?? ''
  }
}

/** Most deliveries have none, which is seen without reading their headers as JSON. */
function codingOf(rawHeaders: string): string {
  if (!/content-encoding/i.test(rawHeaders)) return ''
  const codings = parseHeaders(rawHeaders).flatMap(([name, value]) =>
    name.toLowerCase() === 'content-encoding' ? [value] : [],
  )
  const coding = codings.join(', ')
  return coding.replace(/identity|[\s,]/gi, '') === '' ? '' : coding
}
