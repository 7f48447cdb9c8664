/** One atom of a pattern with its quantifier: a character, an escape, a class, or `^`. */
export interface Item {
  text: string
  min: number
  max: number
  /** The optional groups and branches of choices that it stands in, by number. */
  within: readonly number[]
  /** The repeated groups that it stands in. */
  repeated: readonly number[]
}

const ATOM = /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:x..|u\{.+?\}|u....|c.|.)|[^])/
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/

/** Takes a pattern that compiles apart: its atoms in order, groups dissolved. */
export class PatternReader {
  /** What the pattern has that is not taken; reading goes on to its end. */
  problem: string | null = null
  readonly repeated: { items: readonly Item[]; chosen: boolean }[] = []
  /** Of each choice the numbers of its branches. */
  readonly choices: (readonly number[])[] = []
  readonly #pattern: string
  #at = 0
  #groups = 0
  constructor(pattern: string) {
    this.#pattern = pattern
  }

  /** Everything up to the end of the pattern or of the group. */
  sequence(): { items: Item[]; chosen: boolean } {
    const branches: Item[][] = [[]]
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') {
      if (this.#take('|')) branches.push([])
      else if (this.#take('$')) continue
      else branches[branches.length - 1]?.push(...(this.#take('(') ? this.#group() : this.#atom()))
    }
    const chosen = branches.length > 1
    if (!chosen) return { items: branches.flat(), chosen }
    this.choices.push(branches.map((_, index) => this.#groups + 1 + index))
    return { items: branches.flatMap((items) => this.#inGroup(items)), chosen }
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #inGroup(items: readonly Item[]): Item[] {
    const group = ++this.#groups
    return items.map((item) => ({ ...item, within: [...item.within, group] }))
  }

  #group(): Item[] {
    if (this.#take('?') && !this.#take(':')) {
      this.problem ??= 'Write groups as (…) or (?:…); look-around and names are not taken here.'
      this.#at = this.#pattern.length
      return []
    }
    const { items, chosen } = this.sequence()
    this.#at++
    const { min, max } = this.#quantifier()
    const all = min === 0 ? this.#inGroup(items) : items
    if (max <= 1) return all
    this.repeated.push({ items, chosen })
    const group = this.repeated.length
    return all.map((item) => ({
      ...item,
      max: item.max * max,
      repeated: [...item.repeated, group],
    }))
  }

  #atom(): Item[] {
    const text = ATOM.exec(this.#pattern.slice(this.#at))?.[0] ?? ''
    this.#at += text.length
    if (/^\\[1-9kpP]/.test(text)) {
      this.problem ??= 'Back-references and \\p are not taken here. Write what is meant in full.'
    }
    if (/^\\[bB]$/.test(text)) return []
    return [{ text, ...this.#quantifier(), within: [], repeated: [] }]
  }

  #quantifier(): { min: number; max: number } {
    const found = QUANTIFIER.exec(this.#pattern.slice(this.#at))
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
