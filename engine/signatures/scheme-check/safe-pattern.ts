/** Patterns of schemes are tried on what strangers send, on the thread that captures. */
const MOST_CHARACTERS = 200
/** A quantifier that may match so many characters more or fewer is taken for unbounded. */
const LONG_SPAN = 16

interface Item {
  /** One atom: a character, an escape, a class. */
  text: string
  min: number
  max: number
  /** It is there in every match. */
  always: boolean
}

/**
 * Why a regular expression may not be used, in one sentence; `null`: it compiles and takes time in
 * proportion to the text. Refused is what can backtrack: quantifiers in quantified groups, choices
 * in them, two long repetitions that could share characters, look-around and back-references.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MOST_CHARACTERS) {
    return `This pattern is too long. Write at most ${MOST_CHARACTERS} characters.`
  }
  try {
    // Secrets are tried with the flag and signatures without it: it has to be right in both.
    void [new RegExp(pattern), new RegExp(pattern, 'u')]
  } catch {
    return 'This is no regular expression. Close its brackets and escape what is meant literally.'
  }
  const read = new PatternReader(pattern)
  const items = read.sequence()
  if (read.problem !== null) return read.problem
  return ambiguity(items, pattern.startsWith('^'))
}

class PatternReader {
  problem: string | null = null
  readonly #pattern: string
  #at = 0
  constructor(pattern: string) {
    this.#pattern = pattern
  }

  /** Everything up to the end of the pattern or of the group. */
  sequence(): Item[] {
    const items: Item[] = []
    let chosen = false
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') {
      if (this.#take('|')) chosen = true
      else if (this.#take('^') || this.#take('$')) continue
      else if (this.#take('(')) items.push(...this.#group())
      else items.push(...this.#atom())
    }
    return chosen ? items.map((item) => ({ ...item, always: false })) : items
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #group(): Item[] {
    if (this.#take('?') && !this.#take(':')) {
      this.problem ??= 'Write groups as (…) or (?:…); look-around and names are not taken here.'
      return this.#skip()
    }
    const inner = this.sequence()
    this.#at++
    const { min, max } = this.#quantifier()
    const fixed = inner.every((item) => item.always && item.min === item.max)
    if (max > 1 && !fixed) {
      this.problem ??=
        'A repeated group holds a repetition or a choice, which can take for ever. Write it without.'
    }
    return inner.map((item) => ({
      ...item,
      always: item.always && min > 0,
      max: max > 1 ? item.max * max : item.max,
    }))
  }

  #skip(): Item[] {
    this.#at = this.#pattern.length
    return []
  }

  #atom(): Item[] {
    const [text = ''] = /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:x..|u\{.+?\}|u....|.)|[^])/.exec(
      this.#pattern.slice(this.#at),
    ) ?? ['']
    this.#at += text.length
    if (/^\\[1-9k]/.test(text)) {
      this.problem ??= 'Back-references are not taken here. Write what is meant again.'
    }
    if (/^\\[bB]$/.test(text)) return []
    const { min, max } = this.#quantifier()
    return [{ text, min, max, always: min > 0 }]
  }

  #quantifier(): { min: number; max: number } {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(this.#pattern.slice(this.#at))
    if (!found) return { min: 1, max: 1 }
    const [text, least, comma, most] = found
    this.#at += text.length
    if (text.startsWith('*')) return { min: 0, max: Infinity }
    if (text.startsWith('+')) return { min: 1, max: Infinity }
    if (text.startsWith('?')) return { min: 0, max: 1 }
    const min = Number(least)
    return { min, max: comma === undefined ? min : most ? Number(most) : Infinity }
  }
}

/** Two long repetitions may not trade characters, and a search may not begin one anywhere. */
function ambiguity(items: readonly Item[], anchored: boolean): string | null {
  const sets = items.map(({ text }) => charactersOf(text))
  const isLong = ({ min, max }: Item) => max - min > LONG_SPAN
  const disjoint = (one: number, other: number) =>
    ![...(sets[one] ?? [])].some((character) => sets[other]?.has(character))
  for (const [later, item] of items.entries()) {
    if (!isLong(item)) continue
    if (!anchored && !items.slice(0, later).some((_, index) => disjoint(index, later))) {
      return 'Begin this pattern with ^, so that it is not tried from every character.'
    }
    for (const [earlier, before] of items.slice(0, later).entries()) {
      if (!isLong(before) || disjoint(earlier, later)) continue
      const apart = items
        .slice(earlier + 1, later)
        .some(({ always }, offset) => always && disjoint(earlier, earlier + 1 + offset))
      if (!apart) {
        return `“${before.text}” and “${item.text}” are repeated and can match the same characters. Put a separator between them.`
      }
    }
  }
  return null
}

const SAMPLE = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), 'é', '中']

function charactersOf(atom: string): Set<string> {
  const alone = new RegExp(`^${atom}$`)
  return new Set(SAMPLE.filter((character) => alone.test(character)))
}
