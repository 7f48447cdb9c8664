import { pathSteps } from './place.ts'

/**
 * Puts a string at a path of a JSON text and leaves every other byte as it is; `null`: the text has
 * no such path. `[]` takes the first item.
 */
export function setJsonString(text: string, path: string, value: string): string | null {
  return setJson(text, path, JSON.stringify(value))
}

/** The same for any JSON text. */
export function setJson(text: string, path: string, json: string): string | null {
  const span = findSpan(text, pathSteps(path))
  return span ? text.slice(0, span.start) + json + text.slice(span.end) : null
}

/** Where the value at a path stands in a JSON text; of equal names the last, as JSON.parse has it. */
export function findSpan(
  text: string,
  steps: readonly (string | number)[],
): { start: number; end: number } | null {
  const scanner = new Scanner(text)
  try {
    return scanner.find(steps)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

interface Span {
  start: number
  end: number
}

/** Walks a JSON text (RFC 8259) without building its value. */
class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  find(steps: readonly (string | number)[]): Span | null {
    this.#blanks()
    if (steps.length === 0) return this.#value()
    const [step, ...rest] = steps
    if (typeof step === 'number' && this.#text[this.#at] === '[') return this.#item(step, rest)
    if (typeof step === 'string' && this.#text[this.#at] === '{') return this.#member(step, rest)
    this.#value()
    return null
  }

  #member(name: string, rest: readonly (string | number)[]): Span | null {
    let found: Span | null = null
    this.#at++
    while (this.#next('}')) {
      const key = this.#value()
      const isIt = JSON.parse(this.#text.slice(key.start, key.end)) === name
      this.#expect(':')
      if (isIt) found = this.find(rest)
      else this.#value()
    }
    return found
  }

  #item(index: number, rest: readonly (string | number)[]): Span | null {
    let found: Span | null = null
    let at = 0
    this.#at++
    while (this.#next(']')) {
      if (at++ === index) found = this.find(rest)
      else this.#value()
    }
    return found
  }

  /** Steps over a comma; false at the end of the object or array. */
  #next(end: string): boolean {
    this.#blanks()
    if (this.#text[this.#at] === ',') this.#at++
    this.#blanks()
    if (this.#text[this.#at] === end) {
      this.#at++
      return false
    }
    if (this.#at >= this.#text.length) throw new SyntaxError('The JSON ends too early.')
    return true
  }

  #value(): Span {
    this.#blanks()
    const start = this.#at
    const first = this.#text[start]
    if (first === '"') this.#string()
    else if (first === '{' || first === '[') this.#container()
    else {
      while (/[^\s,\]}:]/.test(this.#text[this.#at] ?? ' ')) this.#at++
      if (this.#at === start) throw new SyntaxError('There is no JSON value here.')
    }
    return { start, end: this.#at }
  }

  #container(): void {
    let depth = 0
    do {
      const char = this.#text[this.#at]
      if (char === undefined) throw new SyntaxError('The JSON ends too early.')
      if (char === '"') {
        this.#string()
        continue
      }
      if (char === '{' || char === '[') depth++
      if (char === '}' || char === ']') depth--
      this.#at++
    } while (depth > 0)
  }

  #string(): void {
    this.#at++
    while (this.#text[this.#at] !== '"') {
      if (this.#at >= this.#text.length) throw new SyntaxError('A string does not end.')
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1
    }
    this.#at++
  }

  #expect(char: string): void {
    this.#blanks()
    if (this.#text[this.#at] !== char) throw new SyntaxError(`There is no ${char} here.`)
    this.#at++
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }
}
