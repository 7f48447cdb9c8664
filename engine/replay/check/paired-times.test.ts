import { expect, test } from 'vitest'
import { comparePairs } from './paired-times.ts'

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Waiting times of a busy machine: mostly short, now and then very long. */
function pairs(random: () => number, count: number, addedMs: number): [number, number][] {
  const time = () => 0.4 + random() * 0.3 + (random() < 0.05 ? random() * 20 : 0)
  return Array.from({ length: count }, () => [time(), time() + addedMs])
}

test('noise is never called a leak', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    expect(comparePairs(pairs(seeded(seed), 240, 0)).leaks).toBe(false)
  }
})

test('a clear difference is called one, however noisy single answers are', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const compared = comparePairs(pairs(seeded(seed), 240, 0.3))
    expect(compared.leaks).toBe(true)
    expect(compared.medianMs).toBeGreaterThan(0.2)
    expect(compared.fromMs).toBeGreaterThan(0.1)
  }
})

test('the bounds hold what is true in 99 of 100 runs', () => {
  let missed = 0
  for (let seed = 1; seed <= 1_000; seed++) {
    const { fromMs, toMs } = comparePairs(pairs(seeded(seed), 240, 0.05))
    if (fromMs > 0.05 || toMs < 0.05) missed++
  }
  expect(missed).toBeLessThan(25)
})

test('a difference in one half of the run only is not one', () => {
  const random = seeded(7)
  const early = pairs(random, 120, 0)
  const late = pairs(random, 120, 5)
  expect(comparePairs([...early, ...late]).leaks).toBe(false)
})

test('few pairs, none, and the other direction prove nothing', () => {
  expect(comparePairs(pairs(seeded(3), 20, 5)).leaks).toBe(false)
  expect(comparePairs([])).toMatchObject({ pairs: 0, leaks: false, laterShare: 0.5 })
  expect(comparePairs(pairs(seeded(3), 240, -5)).leaks).toBe(false)
})
