import { type Chance, seeded } from '#test/torture/chance.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')
const WORD_LETTERS = 22
/** An index stores a word without what it shares with the one before it: less than this. */
const SHARED_LETTERS = 6

export interface Canary {
  number: number
  place: string
}

/** Words that stand nowhere else, each known by where it was put. */
export class Canaries {
  private readonly chance: Chance
  private readonly words = new Map<string, string>()
  private readonly tails = new Map<string, Canary>()

  constructor(seed: number) {
    this.chance = seeded(seed)
  }

  /** The word of this place of this delivery; the same again when asked again. */
  word(number: number, place: string): string {
    const name = `${number} ${place}`
    const known = this.words.get(name)
    if (known !== undefined) return known
    const letters = Array.from({ length: WORD_LETTERS }, () => this.chance.pick(LETTERS))
    const word = letters.join('')
    this.words.set(name, word)
    this.tails.set(word.slice(SHARED_LETTERS), { number, place })
    return word
  }

  /** Which of them lie in these bytes, whole or without their beginning. */
  find(bytes: Buffer): Canary[] {
    const tailLetters = WORD_LETTERS - SHARED_LETTERS
    const found = new Set<Canary>()
    const text = bytes.toString('latin1').toLowerCase()
    for (const [run] of text.matchAll(/[a-z]{16,}/g)) {
      for (let at = 0; at + tailLetters <= run.length; at++) {
        const canary = this.tails.get(run.slice(at, at + tailLetters))
        if (canary) found.add(canary)
      }
    }
    return [...found]
  }
}
