import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DiskRoom, type DiskWatch, isNearlyFull, watchDisk } from './disk-watch.ts'

const GB = 1_000_000_000

describe('isNearlyFull', () => {
  it.each([
    ['a small rest of a large disk', 1.9 * GB, 500 * GB, true],
    ['exactly 2 GB', 2 * GB, 500 * GB, false],
    ['5 % of a small disk', 1 * GB, 20 * GB, false],
    ['less than 5 % of a small disk', 0.99 * GB, 20 * GB, true],
    ['much of a tiny disk', 0.05 * GB, 0.1 * GB, false],
    ['nothing', 0, 500 * GB, true],
  ])('%s', (_, freeBytes, totalBytes, expected) => {
    expect(isNearlyFull({ freeBytes, totalBytes })).toBe(expected)
  })
})

describe('watchDisk', () => {
  let watch: DiskWatch | null = null
  afterEach(() => {
    watch?.close()
    vi.useRealTimers()
  })

  it('tells when room runs out and when there is enough again, by itself and after bursts', async () => {
    vi.useFakeTimers()
    const told: string[] = []
    let room: DiskRoom | null = { freeBytes: 100 * GB, totalBytes: 500 * GB }
    let looks = 0
    watch = watchDisk({
      dataDir: '/nowhere',
      onNearlyFull: ({ freeBytes }) => told.push(`low ${freeBytes}`),
      onEnough: () => told.push('enough'),
      roomOf: async () => {
        looks += 1
        if (room === null) throw new Error('statfs is not supported')
        return room
      },
    })
    await vi.advanceTimersByTimeAsync(0)
    room = { freeBytes: GB, totalBytes: 500 * GB }
    await vi.advanceTimersByTimeAsync(30_000)
    room = null
    await vi.advanceTimersByTimeAsync(30_000)
    room = { freeBytes: 3 * GB, totalBytes: 500 * GB }
    const body = { kind: 'file' as const, name: 'b', byteLength: 60_000_000 }
    watch.written([{ delivery: { body } }])
    await vi.advanceTimersByTimeAsync(0)
    expect(looks).toBe(3)
    watch.written([{ delivery: { body } }])
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual(['enough', 'low 1000000000', 'enough'])
    watch.close()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(looks).toBe(4)
  })
})
