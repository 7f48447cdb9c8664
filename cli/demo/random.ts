/** Repeatable choices: the same seed makes the same demo. Not for secrets. */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number
  between(least: number, most: number): number
  pick<T>(of: readonly [T, ...T[]]): T
  /** Letters and digits. */
  text(length: number): string
  hex(length: number): string
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** mulberry32, a small generator of good enough spread: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const string = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join('')
  return {
    next,
    between,
    pick: (of) => of[between(0, of.length - 1)] ?? of[0],
    text: (length) => string(LETTERS, length),
    hex: (length) => string('0123456789abcdef', length),
  }
}
