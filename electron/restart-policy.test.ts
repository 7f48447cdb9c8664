import { describe, expect, it } from 'vitest'
import { RestartPolicy } from './restart-policy.ts'

describe('RestartPolicy', () => {
  it('waits longer each time and gives up at the fourth crash within a minute', () => {
    const policy = new RestartPolicy()
    expect([0, 1000, 2000, 3000].map((atMs) => policy.crashed(atMs))).toEqual([
      250,
      1000,
      4000,
      null,
    ])
  })

  it('forgets crashes of more than a minute ago', () => {
    const policy = new RestartPolicy()
    for (const atMs of [0, 1000, 2000]) policy.crashed(atMs)
    expect(policy.crashed(62_001)).toBe(250)
  })

  it('never allows a fourth restart within any minute', () => {
    const policy = new RestartPolicy()
    const restartsAtMs: number[] = []
    for (let atMs = 0; atMs < 600_000; atMs += 7000) {
      if (policy.crashed(atMs) !== null) restartsAtMs.push(atMs)
    }
    for (const atMs of restartsAtMs) {
      const minute = restartsAtMs.filter((other) => other >= atMs && other < atMs + 60_000)
      expect(minute.length).toBeLessThanOrEqual(3)
    }
  })

  it('starts afresh when a person asks', () => {
    const policy = new RestartPolicy()
    for (const atMs of [0, 1, 2, 3]) policy.crashed(atMs)
    policy.reset()
    expect(policy.crashed(4)).toBe(250)
  })
})
