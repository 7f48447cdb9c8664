import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DeliveryTimes } from '#engine/store/types.ts'
import { createTimesKept } from './answer-times.ts'

const times = (id: number): DeliveryTimes => ({
  id,
  committedAtMs: 1,
  connectedAtMs: 1,
  answeredAtMs: 2,
})

let refuses: boolean
let written: number[]
let happened: string[]
const kept = () =>
  createTimesKept({
    store: {
      softly: (work) => work(),
      commit: (_, held = []) => {
        if (refuses) throw new Error('held')
        written.push(...held.map(({ id }) => id))
        return []
      },
    },
    onTimesStored: () => happened.push('stored'),
    onTimesRefused: (_, lasting) => happened.push(lasting ? 'refused for long' : 'refused'),
  })

beforeEach(() => {
  vi.useFakeTimers()
  refuses = false
  written = []
  happened = []
})
afterEach(() => {
  vi.useRealTimers()
})

it('are written by themselves when nothing else comes', async () => {
  kept().note(times(1))
  await vi.advanceTimersByTimeAsync(200)
  expect([written, [...new Set(happened)]]).toEqual([[1], ['stored']])
})

it('that the database refused are tried again without another delivery', async () => {
  refuses = true
  const some = kept()
  some.note(times(1))
  some.note(times(2))
  await vi.advanceTimersByTimeAsync(1_500)
  expect(happened).toEqual(['refused', 'refused'])
  refuses = false
  await vi.advanceTimersByTimeAsync(1_000)
  expect([written, happened.at(-1)]).toEqual([[1, 2], 'stored'])
})

it('are told of when that lasts, and anew the next time', async () => {
  refuses = true
  const some = kept()
  some.note(times(1))
  await vi.advanceTimersByTimeAsync(4_200)
  expect(happened).toEqual([
    ...['refused', 'refused', 'refused'],
    ...['refused for long', 'refused for long'],
  ])
  refuses = false
  await vi.advanceTimersByTimeAsync(1_000)
  refuses = true
  some.note(times(2))
  await vi.advanceTimersByTimeAsync(200)
  expect(happened.slice(-2)).toEqual(['stored', 'refused'])
})

it('are not tried any more once it is closed', async () => {
  refuses = true
  const some = kept()
  some.note(times(1))
  some.close()
  expect(happened).toEqual(['refused'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(happened).toEqual(['refused'])
})
