/** A token of a JSON text (RFC 8259) as it is written; blanks are not tokens. */
export type Token =
  { kind: '{' | '}' | '[' | ']' | ',' | ':' } | { kind: 'string' | 'number' | 'word'; raw: string }

/** The tokens with the blanks before each; the last entry of `blanks` is what follows the end. */
export interface JsonTokens {
  tokens: readonly Token[]
  blanks: readonly string[]
  /** Where each token begins in the text. */
  starts: readonly number[]
}

const TOKEN =
  /([ \t\n\r]*)(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y

const marks = {
  '{': { kind: '{' },
  '}': { kind: '}' },
  '[': { kind: '[' },
  ']': { kind: ']' },
  ',': { kind: ',' },
  ':': { kind: ':' },
} as const

function isMark(text: string): text is keyof typeof marks {
  return Object.hasOwn(marks, text)
}

/** How deep it goes, and the depths of all tokens together: what indenting them costs in levels. */
export function depthsOf(tokens: readonly Token[]): { deepest: number; sum: number } {
  let depth = 0
  let deepest = 0
  let sum = 0
  for (const { kind } of tokens) {
    if (kind === '{' || kind === '[') depth += 1
    else if (kind === '}' || kind === ']') depth -= 1
    deepest = Math.max(deepest, depth)
    sum += depth
  }
  return { deepest, sum }
}

/** Takes a JSON text apart; the text must have been parsed before. `null`: it is written oddly. */
export function readTokens(text: string): JsonTokens | null {
  const tokens: Token[] = []
  const blanks: string[] = []
  const starts: number[] = []
  TOKEN.lastIndex = 0
  let at = 0
  for (;;) {
    const found = TOKEN.exec(text)
    if (!found) break
    at = TOKEN.lastIndex
    const [, blank = '', mark, string, number, word] = found
    blanks.push(blank)
    starts.push(found.index + blank.length)
    if (mark !== undefined && isMark(mark)) tokens.push(marks[mark])
    else if (string !== undefined) tokens.push({ kind: 'string', raw: string })
    else if (number !== undefined) tokens.push({ kind: 'number', raw: number })
    else tokens.push({ kind: 'word', raw: word ?? '' })
  }
  const rest = text.slice(at)
  if (/[^ \t\n\r]/.test(rest)) return null
  blanks.push(rest)
  return { tokens, blanks, starts }
}

/** The same tokens with the members of every object in the order of their names (code units). */
export function sortMembers(tokens: readonly Token[]): Token[] {
  return new Sorter(tokens).value()
}

class Sorter {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  value(): Token[] {
    const token = this.#tokens[this.#at++]
    if (!token) return []
    if (token.kind === '{') return this.#object()
    if (token.kind !== '[') return [token]
    const written: Token[] = [token]
    while (this.#tokens[this.#at]?.kind !== ']' && this.#at < this.#tokens.length) {
      if (this.#tokens[this.#at]?.kind === ',') {
        written.push(marks[','])
        this.#at++
      }
      for (const each of this.value()) written.push(each)
    }
    this.#at++
    written.push(marks[']'])
    return written
  }

  #object(): Token[] {
    const members: { name: string; tokens: Token[] }[] = []
    while (this.#tokens[this.#at]?.kind !== '}' && this.#at < this.#tokens.length) {
      if (this.#tokens[this.#at]?.kind === ',') this.#at++
      const name = this.#tokens[this.#at++]
      this.#at++
      if (name?.kind !== 'string') break
      const member: Token[] = [name, marks[':']]
      for (const each of this.value()) member.push(each)
      members.push({ name: textOf(name.raw), tokens: member })
    }
    this.#at++
    members.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
    const written: Token[] = [marks['{']]
    members.forEach((member, index) => {
      if (index > 0) written.push(marks[','])
      for (const each of member.tokens) written.push(each)
    })
    written.push(marks['}'])
    return written
  }
}

/** The text that a string token stands for. */
export function textOf(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1)
  const value: unknown = JSON.parse(raw)
  return typeof value === 'string' ? value : ''
}
