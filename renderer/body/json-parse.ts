/** A JSON value that keeps what `JSON.parse` loses: digits of numbers, order and repeats of keys. */
export type JsonNode =
  | { kind: 'object'; entries: JsonEntry[] }
  | { kind: 'array'; items: JsonNode[] }
  /** `source` is the text with its quotes and escapes as it stood, `text` what it means. */
  | { kind: 'string'; source: string; text: string }
  | { kind: 'number'; source: string }
  | { kind: 'word'; source: 'true' | 'false' | 'null' }

export interface JsonEntry {
  keySource: string
  key: string
  /** An earlier entry of the same object has this key. */
  repeated: boolean
  value: JsonNode
}

export interface JsonProblem {
  /** UTF-16 offset into the text, and the same as line and column from 1. */
  offset: number
  line: number
  column: number
  sentence: string
}

export type JsonResult = { ok: true; root: JsonNode } | { ok: false; problem: JsonProblem }

const DEEPEST = 1_000
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** What ends a string, or is more than itself in one. */
const SPECIAL = /["\\\p{Cc}]/gu
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const WORD = /true|false|null/y
const SPACE = /[ \t\r\n]*/y

class Stop extends Error {
  override readonly name = 'Stop'
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonNode {
    // RFC 8259 section 8.1: a parser may ignore a byte order mark.
    if (this.#text.startsWith('\uFEFF')) this.#at = 1
    const root = this.#value(0)
    this.#take(SPACE)
    if (this.#at < this.#text.length) this.#fail('More text follows the value.')
    return root
  }

  #value(depth: number): JsonNode {
    if (depth > DEEPEST) this.#fail(`This is nested more than ${DEEPEST} deep.`)
    this.#take(SPACE)
    const next = this.#text[this.#at]
    if (next === '{') return this.#object(depth)
    if (next === '[') return this.#array(depth)
    if (next === '"') return this.#string()
    const word = this.#take(WORD)
    if (word === 'true' || word === 'false' || word === 'null')
      return { kind: 'word', source: word }
    const number = this.#take(NUMBER)
    if (number) return { kind: 'number', source: number }
    return this.#fail(
      next === undefined
        ? 'The text ends where a value should stand.'
        : 'A value should stand here.',
    )
  }

  #object(depth: number): JsonNode {
    const entries: JsonEntry[] = []
    const seen = new Set<string>()
    this.#at += 1
    if (this.#punctuation('}')) return { kind: 'object', entries }
    for (;;) {
      this.#take(SPACE)
      const { source, text: key } = this.#string()
      if (!this.#punctuation(':')) this.#fail('A colon should stand here.')
      const value = this.#value(depth + 1)
      entries.push({ keySource: source, key, repeated: seen.has(key), value })
      seen.add(key)
      if (this.#punctuation('}')) return { kind: 'object', entries }
      if (!this.#punctuation(',')) this.#fail('A comma or a closing brace should stand here.')
    }
  }

  #array(depth: number): JsonNode {
    const items: JsonNode[] = []
    this.#at += 1
    if (this.#punctuation(']')) return { kind: 'array', items }
    for (;;) {
      items.push(this.#value(depth + 1))
      if (this.#punctuation(']')) return { kind: 'array', items }
      if (!this.#punctuation(',')) this.#fail('A comma or a closing bracket should stand here.')
    }
  }

  #string(): { kind: 'string'; source: string; text: string } {
    const source = this.#quoted()
    if (!source) {
      return this.#fail(
        this.#text[this.#at] === '"'
          ? 'This string does not end, or has a control character or an unknown escape in it.'
          : 'A string in double quotes should stand here.',
      )
    }
    // Most strings have no escape, and a large body has millions of them.
    const text = source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1)
    return { kind: 'string', source, text }
  }

  /** The string that begins here with its quotes, as it stands; empty when there is none. */
  #quoted(): string {
    const start = this.#at
    if (this.#text[start] !== '"') return ''
    // One pattern for the whole string would run out of stack on one of many megabytes.
    for (let at = start + 1; ;) {
      SPECIAL.lastIndex = at
      const found = SPECIAL.exec(this.#text)
      if (!found) return ''
      if (found[0] === '"') {
        this.#at = found.index + 1
        return this.#text.slice(start, this.#at)
      }
      if (found[0] === '\\') {
        ESCAPE.lastIndex = found.index
        if (!ESCAPE.test(this.#text)) return ''
        at = ESCAPE.lastIndex
      } else if (found[0] < ' ') return ''
      else at = found.index + 1
    }
  }

  #punctuation(character: string): boolean {
    this.#take(SPACE)
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #fail(message: string): never {
    throw new Stop(this.#at, message)
  }
}

/** Reads JSON text as RFC 8259 has it, keeping every digit and every repeated key. */
export function parseJson(text: string): JsonResult {
  try {
    return { ok: true, root: new Reader(text).document() }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    const before = text.slice(0, error.offset)
    const line = before.split('\n').length
    const column = error.offset - (before.lastIndexOf('\n') + 1) + 1
    return { ok: false, problem: { offset: error.offset, line, column, sentence: error.message } }
  }
}
