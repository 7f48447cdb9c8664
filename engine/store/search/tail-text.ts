import Database from 'better-sqlite3'
import type { BodyReader } from '#engine/store/body-reader.ts'
import { parseHeaders } from '#engine/store/delivery-rows.ts'
import { searchableTextNow } from '#engine/store/upkeep/searchable-text.ts'

/** Deliveries whose text is kept from one question to the next. */
const KEPT = 256

interface Stored {
  target: string
  rawHeaders: string
  bodyByteLength: number
}

/**
 * Text search in single deliveries: those that are not indexed yet, and where the index would be
 * slow to ask. A small index in memory with the same tokenizer answers, so that nothing differs.
 */
export class TailText {
  readonly #bodies: BodyReader
  readonly #stored: Database.Statement<[number], Stored>
  readonly #memory: Database.Database
  readonly #insert: Database.Statement
  readonly #match: Database.Statement<[string, number], 1>
  readonly #tokens: Database.Statement<[], string>
  /** Whether the text was cut, by id. */
  readonly #kept = new Map<number, boolean>()

  constructor(db: Database.Database, bodies: BodyReader) {
    this.#bodies = bodies
    this.#stored = db.prepare(
      `SELECT target, raw_headers AS rawHeaders, body_byte_length AS bodyByteLength
       FROM deliveries WHERE id = ?`,
    )
    this.#memory = new Database(':memory:')
    this.#memory.exec(`
      CREATE VIRTUAL TABLE search USING fts5 (
        url, headers, body, content = '', tokenize = "unicode61 remove_diacritics 2");
      CREATE VIRTUAL TABLE line USING fts5 (
        text, tokenize = "unicode61 remove_diacritics 2");
      CREATE VIRTUAL TABLE line_words USING fts5vocab (line, instance);`)
    this.#insert = this.#memory.prepare(
      'INSERT INTO search (rowid, url, headers, body) VALUES (?, ?, ?, ?)',
    )
    this.#match = this.#memory.prepare(
      'SELECT 1 FROM search WHERE search MATCH ? AND rowid = CAST(? AS INTEGER)',
    )
    this.#tokens = this.#memory
      .prepare<[], string>('SELECT term FROM line_words ORDER BY offset')
      .pluck()
  }

  /** Whether an FTS5 query finds the delivery. */
  matches(id: number, query: string): boolean {
    return this.#keep(id) !== null && this.#match.get(query, id) !== undefined
  }

  /** Whether only the beginning of its text is searched. */
  isCut(id: number): boolean {
    return this.#keep(id) ?? false
  }

  /** The words of a text as the index has them. */
  words(text: string): string[] {
    this.#memory.prepare('DELETE FROM line').run()
    this.#memory.prepare('INSERT INTO line (text) VALUES (?)').run(text)
    return this.#tokens.all()
  }

  close(): void {
    this.#memory.close()
  }

  #keep(id: number): boolean | null {
    const kept = this.#kept.get(id)
    if (kept !== undefined) return kept
    const stored = this.#stored.get(id)
    if (stored === undefined) return null
    const { url, headers, body, cut } = searchableTextNow({
      target: stored.target,
      rawHeaders: parseHeaders(stored.rawHeaders),
      bodyByteLength: stored.bodyByteLength,
      readBody: (offset, length) => this.#bodies.body(id, offset, length),
    })
    if (this.#kept.size >= KEPT) {
      this.#memory.exec("INSERT INTO search (search) VALUES ('delete-all')")
      this.#kept.clear()
    }
    this.#insert.run(id, url, headers, body)
    this.#kept.set(id, cut)
    return cut
  }
}
