import type { Database, Statement } from 'better-sqlite3'

/** So many words of one beginning, or so many longer beginnings, are looked for one by one. */
const MOST_WORDS = 300
const MOST_BEGINNINGS = 1_500
/** Of beginnings the index keeps a list of its own: those of so many characters. */
const LISTED = 3
const LAST_CHARACTER = '\u{10FFFF}'
const KEPT = 64

/** A word, or a beginning that the index has a list of. */
export interface Beginning {
  text: string
  open: boolean
}

/** Makes the words of the text index known to the connection; before it refuses all changes. */
export function defineVocabulary(db: Database): void {
  db.exec("CREATE VIRTUAL TABLE temp.search_words USING fts5vocab ('main', 'search', 'instance')")
}

/**
 * What begins with some letters, in terms that the text index answers at once. Left to itself, FTS5
 * gathers all that begins so before the first row, which takes a second for a letter in a million
 * deliveries.
 */
export class Vocabulary {
  readonly #next: Statement<[string], string>
  readonly #known = new Map<string, Beginning[] | null>()
  #indexedTo = -1

  constructor(db: Database) {
    this.#next = db
      .prepare<[string], string>('SELECT term FROM temp.search_words WHERE term >= ? LIMIT 1')
      .pluck()
  }

  /** `null`: there are too many. */
  beginningWith(letters: string, indexedTo: number): Beginning[] | null {
    if (indexedTo !== this.#indexedTo || this.#known.size >= KEPT) this.#known.clear()
    this.#indexedTo = indexedTo
    const known = this.#known.get(letters)
    if (known !== undefined) return known
    const found = this.#find(letters)
    this.#known.set(letters, found)
    return found
  }

  #find(letters: string): Beginning[] | null {
    if (Array.from(letters).length === LISTED) return [{ text: letters, open: true }]
    const short = Array.from(letters).length < LISTED
    const found: Beginning[] = []
    let at = letters
    for (;;) {
      const word = this.#next.get(at)
      if (word === undefined || !word.startsWith(letters)) return found
      if (found.length === (short ? MOST_BEGINNINGS : MOST_WORDS)) return null
      const beginning = Array.from(word).slice(0, LISTED).join('')
      // Shorter words than the list has stand for themselves.
      const open = short && Array.from(word).length >= LISTED
      found.push({ text: open ? beginning : word, open })
      at = open ? beginning + LAST_CHARACTER : `${word}\u0001`
    }
  }
}
