import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Clocks, gapsBetween } from './gaps.ts'
import { wallMsBefore, wallMsSince } from './moment.ts'

const EVERY_MS = 2000
const HOUR = 3_600_000
const start: Clocks = { wallMs: Date.UTC(2026, 2, 29), monotonicMs: 5000, uptimeMs: 90_000 }

/** What the clocks say after so much of each has passed. */
function after(passed: Partial<Clocks>): Clocks {
  const { wallMs = EVERY_MS, monotonicMs = EVERY_MS, uptimeMs = EVERY_MS } = passed
  return {
    wallMs: start.wallMs + wallMs,
    monotonicMs: start.monotonicMs + monotonicMs,
    uptimeMs: start.uptimeMs + uptimeMs,
  }
}
const seen = (passed: Partial<Clocks>) => gapsBetween(start, after(passed), EVERY_MS)

it('sees nothing while time passes as it should, summer time or not', () => {
  expect(seen({})).toEqual([])
  expect(seen({ wallMs: 5500, monotonicMs: 5500, uptimeMs: 5500 })).toEqual([])
  // 2026-03-29 01:00 UTC: clocks on walls in Europe jump, Unix time does not.
  const night = { ...start, wallMs: Date.UTC(2026, 2, 29, 0, 59, 59) }
  const later = { ...after({}), wallMs: Date.UTC(2026, 2, 29, 1, 0, 1) }
  expect(gapsBetween(night, later, EVERY_MS)).toEqual([])
})

it('tells sleep, a stopped process and a clock that was set apart', () => {
  // Linux and macOS: the monotonic clock sleeps too. Windows, and SIGSTOP: it goes on.
  expect(seen({ wallMs: HOUR, uptimeMs: HOUR })).toEqual([{ kind: 'stood', ms: HOUR - EVERY_MS }])
  expect(seen({ wallMs: HOUR, uptimeMs: HOUR, monotonicMs: HOUR })).toEqual([
    { kind: 'stood', ms: HOUR - EVERY_MS },
  ])
  expect(seen({ wallMs: HOUR + EVERY_MS })).toEqual([{ kind: 'clock-set', ms: HOUR }])
  expect(seen({ wallMs: EVERY_MS - HOUR })).toEqual([{ kind: 'clock-set', ms: -HOUR }])
})

it('finds both at once, whatever they are', () => {
  const ms = fc.integer({ min: 6000, max: 30 * 24 * HOUR })
  fc.assert(
    fc.property(ms, ms, fc.boolean(), (slept, set, back) => {
      const by = back ? -set : set
      const uptimeMs = EVERY_MS + slept
      expect(seen({ uptimeMs, wallMs: uptimeMs + by })).toEqual([
        { kind: 'stood', ms: slept },
        { kind: 'clock-set', ms: by },
      ])
    }),
  )
})

it('a duration is what passed, whoever sets the clock meanwhile', () => {
  const begun = { wallMs: 1_000_000, monotonicMs: 500 }
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: -HOUR, max: HOUR }), (passed, set) => {
      const now = { wallMs: begun.wallMs + passed + set, monotonicMs: begun.monotonicMs + passed }
      const told = wallMsSince(begun, now) - begun.wallMs
      expect(Math.abs(told - passed)).toBeLessThan(1000)
      // What was set by less than a second is taken for the clock's own doing.
      expect(told).toBe(Math.abs(set) < 1000 ? passed + set : passed)
      const before = now.wallMs - wallMsBefore(now, begun)
      expect(Math.abs(before - passed)).toBeLessThan(1000)
    }),
  )
})
