/** Chance that comes out the same for the same seed. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number
  between(least: number, most: number): number
  isBelow(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Of its own, for a part of the work: what other parts draw does not change it. */
  of(part: number): Chance
}

/** mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function seeded(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    isBelow: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      const found = list[below(list.length)]
      if (found === undefined) throw new RangeError('There is nothing to pick from.')
      return found
    },
    of: (part) => seeded(Math.imul(seed ^ 0x9e3779b9, part + 0x85ebca6b) ^ (part << 7)),
  }
}

/** Bytes of which any slice differs from most others. */
export function noise(chance: Chance, byteLength: number): Buffer {
  const words = new Uint32Array(Math.ceil(byteLength / 4))
  for (let at = 0; at < words.length; at++) words[at] = chance.next() * 4_294_967_296
  return Buffer.from(words.buffer, 0, byteLength)
}
