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
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const WORDS = ['true', 'false', 'null'] as const
const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20]
/** Objects of more keys are looked through by a set. */
const FEW_KEYS = 12

class Stop extends Error {
  override readonly name = 'Stop'
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** Reads character by character: a body of 25 MiB has millions of values. */
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
    this.#space()
    if (this.#at < this.#text.length) this.#fail('More text follows the value.')
    return root
  }

  #value(depth: number): JsonNode {
    if (depth > DEEPEST) this.#fail(`This is nested more than ${DEEPEST} deep.`)
    this.#space()
    const next = this.#text[this.#at]
    if (next === '{') return this.#object(depth)
    if (next === '[') return this.#array(depth)
    if (next === '"') return this.#string()
    const word = WORDS.find((each) => this.#text.startsWith(each, this.#at))
    if (word !== undefined) {
      this.#at += word.length
      return { kind: 'word', source: word }
    }
    NUMBER.lastIndex = this.#at
    if (NUMBER.test(this.#text)) {
      const source = this.#text.slice(this.#at, NUMBER.lastIndex)
      this.#at = NUMBER.lastIndex
      return { kind: 'number', source }
    }
    return this.#fail(
      next === undefined
        ? 'The text ends where a value should stand.'
        : 'A value should stand here.',
    )
  }

  #object(depth: number): JsonNode {
    const entries: JsonEntry[] = []
    let seen: Set<string> | null = null
    this.#at += 1
    if (this.#punctuation('}')) return { kind: 'object', entries }
    for (;;) {
      this.#space()
      const { source, text: key } = this.#string()
      if (!this.#punctuation(':')) this.#fail('A colon should stand here.')
      const value = this.#value(depth + 1)
      if (seen === null && entries.length >= FEW_KEYS) {
        seen = new Set(entries.map((entry) => entry.key))
      }
      const repeated = seen ? seen.has(key) : entries.some((entry) => entry.key === key)
      entries.push({ keySource: source, key, repeated, value })
      seen?.add(key)
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
    const start = this.#at
    if (this.#text.charCodeAt(start) !== QUOTE) {
      this.#fail('A string in double quotes should stand here.')
    }
    let escaped = false
    for (let at = start + 1; ; at += 1) {
      const code = this.#text.charCodeAt(at)
      if (code === QUOTE) {
        this.#at = at + 1
        const source = this.#text.slice(start, at + 1)
        const text = escaped ? String(JSON.parse(source)) : source.slice(1, -1)
        return { kind: 'string', source, text }
      }
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at
        if (!ESCAPE.test(this.#text)) this.#failInString()
        escaped = true
        at = ESCAPE.lastIndex - 1
      } else if (!(code >= SPACE)) this.#failInString()
    }
  }

  #failInString(): never {
    return this.#fail(
      'This string does not end, or has a control character or an unknown escape in it.',
    )
  }

  #punctuation(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  /** RFC 8259, section 2: space, tab, line feed, carriage return. */
  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at += 1
    }
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
