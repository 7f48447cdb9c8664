/** Keys of objects and indexes of arrays from the root, outermost first; valid during the call. */
export type PathSteps = readonly (string | number)[]

export interface JsonVisitor {
  /** A key, before its value; it is the last of `steps`. */
  key(key: string, steps: PathSteps): void
  /** A string that is no key: what it means. */
  string(text: string, steps: PathSteps): void
  /** A number: its characters as sent. */
  number(source: string, steps: PathSteps): void
  /** The object at `steps` is complete. */
  closeObject(steps: PathSteps): void
  /** Whether enough was seen. */
  done(): boolean
}

/** Deeper is no payload of anybody; the walk stops there. */
const DEEPEST = 1_000
const WORD = /true|false|null/y
const HEX = /^[\da-fA-F]{4}$/
/** Longer strings are rare enough for an exception to be cheap, and JSON.parse is faster. */
const WORTH_PARSING = 512
const escaped: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }
const NOWHERE = Number.POSITIVE_INFINITY

/**
 * Goes once through JSON text (RFC 8259), in linear time, and tells of each key and value, repeated
 * keys included. Lenient inside strings and numbers: a broken or cut body can leak as well.
 * @returns the UTF-16 offset at which the text stopped being JSON; its length when all of it was
 */
export function walkJson(text: string, visitor: JsonVisitor): number {
  return new Walk(text, visitor).document()
}

class Walk {
  readonly #text: string
  readonly #visitor: JsonVisitor
  readonly #steps: (string | number)[] = []
  #at = 0
  /** Where the number began that ends at `#at`: what follows may show that it was none. */
  #numberAt = -1
  /** The next backslash, looked for once and not once per string. */
  #backslash = -1

  constructor(text: string, visitor: JsonVisitor) {
    this.#text = text
    this.#visitor = visitor
  }

  document(): number {
    const complete = this.#value()
    const end = this.#at
    this.#skipSpace()
    if (complete && this.#at === this.#text.length) return this.#at
    return this.#numberAt >= 0 ? this.#numberAt : end
  }

  #value(): boolean {
    this.#skipSpace()
    if (this.#visitor.done() || this.#steps.length > DEEPEST) return false
    this.#numberAt = -1
    const next = this.#text[this.#at]
    if (next === '{') return this.#object()
    if (next === '[') return this.#array()
    if (next === '"') {
      const text = this.#string()
      if (text !== null) this.#visitor.string(text, this.#steps)
      return text !== null
    }
    return this.#number() || this.#word()
  }

  #object(): boolean {
    this.#at += 1
    if (this.#punctuation('}')) return true
    this.#steps.push('')
    do {
      this.#skipSpace()
      const key = this.#text[this.#at] === '"' ? this.#string() : null
      if (key === null) return false
      this.#steps[this.#steps.length - 1] = key
      this.#visitor.key(key, this.#steps)
      if (!this.#punctuation(':') || !this.#value()) return false
    } while (this.#punctuation(','))
    if (!this.#punctuation('}')) return false
    this.#steps.pop()
    this.#visitor.closeObject(this.#steps)
    return true
  }

  #array(): boolean {
    this.#at += 1
    if (this.#punctuation(']')) return true
    let index = 0
    this.#steps.push(index)
    do {
      this.#steps[this.#steps.length - 1] = index++
      if (!this.#value()) return false
    } while (this.#punctuation(','))
    if (!this.#punctuation(']')) return false
    this.#steps.pop()
    return true
  }

  #number(): boolean {
    const start = this.#at
    if (this.#text[start] === '-') this.#at += 1
    if (!isDigit(this.#text.charCodeAt(this.#at))) {
      this.#at = start
      return false
    }
    while (isNumberPart(this.#text.charCodeAt(this.#at))) this.#at += 1
    this.#visitor.number(this.#text.slice(start, this.#at), this.#steps)
    this.#numberAt = start
    return true
  }

  #word(): boolean {
    WORD.lastIndex = this.#at
    if (!WORD.test(this.#text)) return false
    this.#at = WORD.lastIndex
    return true
  }

  /** The meaning of the string at the quote that stands here; `null`: it does not end. */
  #string(): string | null {
    const start = this.#at + 1
    let from = start
    let quote = this.#text.indexOf('"', from)
    while (quote >= 0) {
      if (this.#nextBackslash(from) > quote) {
        this.#at = quote + 1
        const source = this.#text.slice(start, quote)
        return from === start ? source : unescape(source)
      }
      from = this.#backslash + 2
      // Only an escaped quote asks for the next one: each is looked for once.
      if (quote < from) quote = this.#text.indexOf('"', from)
    }
    return null
  }

  #nextBackslash(from: number): number {
    if (this.#backslash < from) {
      const found = this.#text.indexOf('\\', from)
      this.#backslash = found < 0 ? NOWHERE : found
    }
    return this.#backslash
  }

  #punctuation(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    this.#numberAt = -1
    return true
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at += 1
    }
  }
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39
/** Digits, `.`, `-`, `+`, `e` and `E`. */
const isNumberPart = (code: number) =>
  isDigit(code) || code === 0x2e || code === 0x2d || code === 0x2b || (code | 0x20) === 0x65

/** What stands behind a backslash; unknown escapes stand for their own character. */
function unescape(source: string): string {
  if (source.length >= WORTH_PARSING) {
    try {
      return String(JSON.parse(`"${source}"`))
    } catch {
      // An escape or a character that JSON does not have: read leniently below.
    }
  }
  let text = ''
  let from = 0
  for (let at = source.indexOf('\\'); at >= 0; at = source.indexOf('\\', from)) {
    const character = source[at + 1] ?? ''
    const hex = character === 'u' ? source.slice(at + 2, at + 6) : ''
    const isHex = HEX.test(hex)
    text += source.slice(from, at)
    text += isHex
      ? String.fromCharCode(Number.parseInt(hex, 16))
      : (escaped[character] ?? character)
    from = at + (isHex ? 6 : 2)
  }
  return text + source.slice(from)
}
