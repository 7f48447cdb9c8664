import type { JsonComparison, JsonStep } from '#contract/filter/filter.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import { wildcard } from './wildcard.ts'

/** A value in JSON text: a number as it is written, a string as it is meant. */
type Found =
  | { kind: 'number'; source: string }
  | { kind: 'string'; text: string }
  | { kind: 'word'; word: string }
  | { kind: 'container' }

/** Deeper than this nothing is looked for. */
const DEEPEST = 1_000

/**
 * Whether JSON text has a value at a path for which the comparison holds. Of a name that is there
 * twice, both count; behind an error nothing is looked at. Time is linear in the text.
 */
export function jsonMatcher(
  path: readonly JsonStep[],
  comparison: JsonComparison | null,
): (text: string) => boolean {
  const test = comparison === null ? () => true : comparing(comparison)
  if (path.length > DEEPEST) return () => false
  return (text) => new Search(text, path, test).anywhere()
}

function comparing({ operator, value, quoted }: JsonComparison): (found: Found) => boolean {
  const number = quoted ? null : readDecimal(value)
  const isLike = wildcard(value)
  const equals = (found: Found): boolean => {
    if (found.kind === 'string') return isLike(found.text)
    if (quoted || found.kind === 'container') return false
    if (found.kind === 'word') return isLike(found.word)
    const other = readDecimal(found.source)
    return number === null || other === null
      ? isLike(found.source)
      : compareDecimals(other, number) === 0
  }
  if (operator === '=') return equals
  if (operator === '!=') return (found) => !equals(found)
  return (found) => {
    const other = found.kind === 'number' ? readDecimal(found.source) : null
    if (number === null || other === null) return false
    const difference = compareDecimals(other, number)
    if (difference === 0) return operator === '<=' || operator === '>='
    return difference < 0 === operator.startsWith('<')
  }
}

const SPACE = /[ \t\n\r]*/y
const SCALAR = /-?\d[\d.eE+-]*|true|false|null/y
const STRUCTURE = /["{}[\]]/g

class Search {
  readonly #text: string
  readonly #path: readonly JsonStep[]
  readonly #test: (found: Found) => boolean
  #at = 0

  constructor(text: string, path: readonly JsonStep[], test: (found: Found) => boolean) {
    this.#text = text
    this.#path = path
    this.#test = test
  }

  anywhere(): boolean {
    // A mark of byte order is not JSON, and sent all the same (RFC 8259 section 8.1).
    if (this.#text.startsWith('\uFEFF')) this.#at = 1
    return this.#value(0) === 'found'
  }

  /** `passed`: nothing is here, and it stands behind the value. */
  #value(depth: number): 'found' | 'passed' | 'broken' {
    this.#space()
    const step = this.#path[depth]
    const opening = this.#text[this.#at]
    if (step === undefined) return this.#here(opening)
    if (opening === '{' && (step === 'every' || 'key' in step)) return this.#object(depth, step)
    if (opening === '[' && (step === 'every' || 'index' in step)) return this.#array(depth, step)
    return this.#skip() ? 'passed' : 'broken'
  }

  #here(opening: string | undefined): 'found' | 'passed' | 'broken' {
    if (opening === '"') {
      const text = this.#string()
      if (text === null) return 'broken'
      return this.#test({ kind: 'string', text }) ? 'found' : 'passed'
    }
    if (opening === '{' || opening === '[') {
      if (this.#test({ kind: 'container' })) return 'found'
      return this.#skip() ? 'passed' : 'broken'
    }
    const source = this.#scalar()
    if (source === null) return 'broken'
    const isWord = source === 'true' || source === 'false' || source === 'null'
    const found: Found = isWord ? { kind: 'word', word: source } : { kind: 'number', source }
    return this.#test(found) ? 'found' : 'passed'
  }

  #object(depth: number, step: JsonStep): 'found' | 'passed' | 'broken' {
    this.#at += 1
    if (this.#take('}')) return 'passed'
    do {
      this.#space()
      const key = this.#text[this.#at] === '"' ? this.#string() : null
      if (key === null || !this.#take(':')) return 'broken'
      const wanted = step === 'every' || ('key' in step && step.key === key)
      const outcome = this.#member(wanted, depth)
      if (outcome !== 'passed') return outcome
    } while (this.#take(','))
    return this.#take('}') ? 'passed' : 'broken'
  }

  #array(depth: number, step: JsonStep): 'found' | 'passed' | 'broken' {
    this.#at += 1
    if (this.#take(']')) return 'passed'
    let index = 0
    do {
      const wanted = step === 'every' || ('index' in step && step.index === index)
      const outcome = this.#member(wanted, depth)
      if (outcome !== 'passed') return outcome
      index += 1
    } while (this.#take(','))
    return this.#take(']') ? 'passed' : 'broken'
  }

  #member(wanted: boolean, depth: number): 'found' | 'passed' | 'broken' {
    if (wanted) return this.#value(depth + 1)
    this.#space()
    return this.#skip() ? 'passed' : 'broken'
  }

  /** Goes behind the value that stands here, without looking into it. */
  #skip(): boolean {
    const opening = this.#text[this.#at]
    if (opening === '"') return this.#stringEnd()
    if (opening !== '{' && opening !== '[') return this.#scalar() !== null
    for (let depth = 0; ;) {
      STRUCTURE.lastIndex = this.#at
      const character = STRUCTURE.exec(this.#text)?.[0]
      if (character === undefined) return false
      this.#at = STRUCTURE.lastIndex
      if (character === '"') {
        this.#at -= 1
        if (!this.#stringEnd()) return false
      } else {
        depth += character === '{' || character === '[' ? 1 : -1
        if (depth === 0) return true
      }
    }
  }

  #scalar(): string | null {
    SCALAR.lastIndex = this.#at
    const source = SCALAR.exec(this.#text)?.[0]
    if (source === undefined) return null
    this.#at = SCALAR.lastIndex
    return source
  }

  /** What the string that begins here means; `null`: it does not end. */
  #string(): string | null {
    const start = this.#at
    if (!this.#stringEnd()) return null
    const source = this.#text.slice(start + 1, this.#at - 1)
    if (!source.includes('\\')) return source
    try {
      return String(JSON.parse(`"${source}"`))
    } catch {
      // An escape that JSON does not have, or a raw line break: as it is written.
      return source
    }
  }

  #stringEnd(): boolean {
    let at = this.#at + 1
    for (;;) {
      const quote = this.#text.indexOf('"', at)
      if (quote < 0) return false
      let back = quote
      while (back > at && this.#text[back - 1] === '\\') back -= 1
      at = quote + 1
      if ((quote - back) % 2 === 0) {
        this.#at = at
        return true
      }
    }
  }

  #take(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #space(): void {
    SPACE.lastIndex = this.#at
    SPACE.exec(this.#text)
    this.#at = SPACE.lastIndex
  }
}
