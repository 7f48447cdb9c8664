import { expect, it } from 'vitest'
import { createPace, PATIENT_MS, PATIENT_ROWS, REST_MS, shareFor } from './pace.ts'
import { createSignals } from './signals.ts'

it('waits for a rest of capture, though not for ever and not for many', () => {
  let nowMs = 0
  const signals = createSignals()
  const pace = createPace(signals, () => nowMs)
  expect(pace.canWait(10)).toBe(false)
  const arrive = () => {
    signals.committed()
    nowMs += 100
  }
  arrive()
  expect(pace.canWait(10)).toBe(true)
  expect(pace.canWait(PATIENT_ROWS)).toBe(false)
  nowMs += REST_MS
  expect(pace.atRest()).toBe(true)
  expect(pace.canWait(10)).toBe(false)
  for (let waited = 0; waited < PATIENT_MS; waited += 100) {
    arrive()
    expect(pace.canWait(10)).toBe(true)
  }
  arrive()
  arrive()
  expect(pace.canWait(10)).toBe(false)
})

it('takes a larger share the further it is behind, and never most of the time', () => {
  const shares = [0, 1_000, 20_000, 1_000_000].map(shareFor)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(new Set(shares).size).toBeGreaterThan(2)
  expect(Math.max(...shares)).toBeLessThan(0.5)
})

it('is woken by the first commit while it sleeps, and by no other', () => {
  const signals = createSignals()
  expect(signals.committed()).toBe(false)
  signals.setAsleep(true)
  expect(signals.committed()).toBe(true)
  expect(signals.committed()).toBe(false)
  expect(createSignals(signals.buffer).commits()).toBe(3)
})
