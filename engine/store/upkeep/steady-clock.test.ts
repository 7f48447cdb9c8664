import { expect, it } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function clocks() {
  const now = { wall: 1_700_000_000_000, monotonic: 10 }
  const steady = createSteadyClock({ wallMs: () => now.wall, monotonicMs: () => now.monotonic })
  return {
    steady,
    pass: (ms: number) => {
      now.wall += ms
      now.monotonic += ms
      return steady()
    },
    set: (ms: number) => {
      now.wall += ms
      return steady()
    },
    wall: () => now.wall,
  }
}

it('is the wall clock while nobody sets it, also where that is put right little by little', () => {
  const { pass, set, wall } = clocks()
  for (let step = 0; step < 100; step += 1) {
    expect(pass(MINUTE)).toBe(wall())
    expect(set(step % 2 === 0 ? 900 : -900)).toBe(wall())
  }
})

it.each([HOUR, -HOUR, 24 * 365 * HOUR])(
  'set by %d ms, it goes on for ten minutes, then follows',
  (by) => {
    const { steady, pass, set, wall } = clocks()
    const before = steady()
    expect(set(by)).toBe(before)
    // A removal can be undone for 30 s: that is 30 s now as well.
    expect(pass(30_000)).toBe(before + 30_000)
    expect(pass(9 * MINUTE)).toBe(before + 30_000 + 9 * MINUTE)
    pass(MINUTE)
    expect(steady()).toBe(wall())
    expect(pass(MINUTE)).toBe(wall())
  },
)

it('a clock that is put right again soon has changed nothing', () => {
  const { steady, pass, set, wall } = clocks()
  const before = steady()
  set(10 * HOUR)
  pass(MINUTE)
  expect(set(-10 * HOUR)).toBe(before + MINUTE)
  expect(pass(20 * MINUTE)).toBe(wall())
})
