/** A small seeded generator (sfc32): the same seed gives the same values. Not for secrets. */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  /** One of them; `''` of none. */
  pick(items: readonly string[]): string
}

/**
 * The words of the state come from the seed's text by FNV-1a; sfc32 is by Chris Doty-Humphrey
 * (PractRand), in the public domain.
 */
export function createRandom(seed: number | string): Random {
  const text = String(seed)
  let a = fnv1a(text, 0x811c9dc5)
  let b = fnv1a(text, 0x9e3779b9)
  let c = fnv1a(text, 0x243f6a88)
  let counter = 1
  const word = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // Until the state is well mixed, seeds that are alike give values that are alike.
  for (let round = 0; round < 12; round += 1) word()
  const next = () => word() / 0x1_0000_0000
  // 53 bits: every whole number of the range can come.
  const wide = () => (word() * 0x20_0000 + (word() >>> 11)) / 0x20_0000_0000_0000
  const int = (low: number, high: number) =>
    Math.min(high, Math.max(low, low + Math.floor(wide() * (high - low + 1))))
  return { next, int, pick: (items) => items[int(0, items.length - 1)] ?? '' }
}

function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
