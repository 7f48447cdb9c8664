import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacer } from './pacer.ts'

describe('gaps', () => {
  it('stay as they were, faster by the factor', () => {
    const pacer = createPacer({ kind: 'gaps', speed: 10 })
    const due = [5_000, 6_000, 6_000, 16_000].map((receivedAtMs) => pacer.dueAt(receivedAtMs, 100))
    expect(due).toEqual([100, 200, 200, 1_200])
  })
  it('what is late does not push the rest back', () => {
    const pacer = createPacer({ kind: 'gaps', speed: 1 })
    expect(pacer.dueAt(0, 0)).toBe(0)
    expect(pacer.dueAt(100, 5_000)).toBe(100)
    expect(pacer.dueAt(6_000, 5_001)).toBe(6_000)
  })
  it('are never negative', () => {
    const pacer = createPacer({ kind: 'gaps', speed: 1 })
    pacer.dueAt(1_000, 50)
    expect(pacer.dueAt(10, 60)).toBe(50)
  })
})

describe('a rate', () => {
  it('is held whatever the timers do, without a burst after a stop', () => {
    const late = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { maxLength: 200 })
    fc.assert(
      fc.property(late, fc.double({ min: 0.5, max: 1_000, noNaN: true }), (delays, perSecond) => {
        const pacer = createPacer({ kind: 'rate', perSecond })
        let now = 0
        const starts = delays.map((delay) => {
          now = Math.max(now, pacer.dueAt(0, now)) + delay
          return now
        })
        const gapMs = 1000 / perSecond
        // In any span never more than the rate allows, apart from what was caught up.
        starts.forEach((start, index) => {
          const other = starts.findIndex((earlier) => earlier >= start - 1_000)
          const most = (1_000 + 500 + 100) / gapMs + 2
          expect(index - other + 1).toBeLessThanOrEqual(Math.ceil(most))
        })
      }),
    )
  })
  it('makes up for coarse timers', () => {
    const pacer = createPacer({ kind: 'rate', perSecond: 1_000 })
    let now = 0
    for (let index = 0; index < 2_000; index++) {
      const due = pacer.dueAt(0, now)
      if (due > now) now = Math.ceil(due / 15) * 15
    }
    expect(now).toBeGreaterThan(1_950)
    expect(now).toBeLessThan(2_050)
  })
})

it('free is at once', () => {
  const pacer = createPacer({ kind: 'free' })
  expect([pacer.dueAt(0, 1), pacer.dueAt(99_999, 2)]).toEqual([1, 2])
})
