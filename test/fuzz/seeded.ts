/** Chance that a seed repeats: the same seed makes the same run (mulberry32, 32 bits of state). */
export class Seeded {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** From 0 up to, without, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    const at = this.below(choices.length)
    for (const chosen of choices.slice(at, at + 1)) return chosen
    throw new RangeError('There is nothing to choose from.')
  }

  /** What one of them makes. */
  made<T>(makers: readonly (() => T)[]): T {
    return this.pick(makers)()
  }

  many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make)
  }
}
