import type { Database } from 'better-sqlite3'
import { pathOf } from '#contract/http.ts'
import { readBodyFile } from '#engine/store/body-reader.ts'
import { parseHeaders } from '#engine/store/delivery-rows.ts'
import { searchableText, textCheck, type SearchableText } from './searchable-text.ts'

interface StoredText {
  id: number
  target: string
  rawHeaders: string
  bodyByteLength: number
  bodyFile: string | null
}

/** A delivery's text and what else is computed of it, ready to be written under the lock. */
export interface DeliveryText {
  id: number
  text: SearchableText
  path: string
  check: number
  /** Of body and headers as stored, for the sums that retention looks at. */
  bytes: number
}

const COLUMNS = `id, target, raw_headers AS rawHeaders, body_byte_length AS bodyByteLength,
  body_file AS bodyFile`

export interface DeliveryTexts {
  /** The deliveries behind `id`, in order, until `limit` of them or about `limitBytes` of text. */
  after(id: number, limit: number, limitBytes: number): Promise<DeliveryText[]>
  of(id: number): Promise<DeliveryText | null>
}

/** Reads deliveries and makes their text, on the connection of the upkeep thread. */
export function deliveryTexts(db: Database, dataDir: string): DeliveryTexts {
  const next = db.prepare<[number, number], StoredText>(
    `SELECT ${COLUMNS} FROM deliveries WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const one = db.prepare<[number], StoredText>(`SELECT ${COLUMNS} FROM deliveries WHERE id = ?`)
  const range = db
    .prepare<[number, number, number], Buffer>(
      'SELECT substr(bytes, ? + 1, ?) FROM bodies WHERE delivery_id = ?',
    )
    .pluck()

  const make = async (stored: StoredText): Promise<DeliveryText> => {
    const { id, target, bodyByteLength, bodyFile } = stored
    const text = await searchableText({
      target,
      rawHeaders: parseHeaders(stored.rawHeaders),
      bodyByteLength,
      readBody: (offset, length) =>
        bodyFile === null
          ? (range.get(offset, length, id) ?? null)
          : readBodyFile(dataDir, bodyFile, offset, length),
    })
    const bytes = bodyByteLength + Buffer.byteLength(stored.rawHeaders)
    return { id, text, path: pathOf(target), check: textCheck(text), bytes }
  }

  return {
    async after(id, limit, limitBytes) {
      const made: DeliveryText[] = []
      let length = 0
      for (const stored of next.all(id, limit)) {
        const delivery = await make(stored)
        made.push(delivery)
        length += delivery.text.body.length + delivery.text.headers.length
        if (length >= limitBytes) break
      }
      return made
    },
    async of(id) {
      const stored = one.get(id)
      return stored === undefined ? null : make(stored)
    },
  }
}
