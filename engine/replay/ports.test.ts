import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { createReplayPorts } from './ports.ts'

describe('the ports of our replays', () => {
  it('know a replay by its port, from our own addresses only', () => {
    const ports = createReplayPorts(0)
    ports.claim(40_000, 7)
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(ports.replayIdOf(address, 40_000)).toBe(7)
    }
    for (const group of Object.values(networkInterfaces())) {
      for (const { address } of group ?? []) expect(ports.replayIdOf(address, 40_000)).toBe(7)
    }
    expect(ports.replayIdOf('192.0.2.1', 40_000)).toBeNull()
    expect(ports.replayIdOf('127.0.0.1', 40_001)).toBeNull()
  })

  it('forget a released port', () => {
    const ports = createReplayPorts(0)
    ports.claim(40_000, 7)
    ports.release(40_000)
    expect(ports.replayIdOf('127.0.0.1', 40_000)).toBeNull()
  })

  it('hold a released port for the grace time, but not against a new claim', async () => {
    const ports = createReplayPorts(30)
    ports.claim(40_000, 7)
    ports.claim(40_001, 7)
    ports.release(40_000)
    ports.release(40_001)
    ports.claim(40_001, 8)
    expect(ports.replayIdOf('::1', 40_000)).toBe(7)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(ports.replayIdOf('::1', 40_000)).toBeNull()
    expect(ports.replayIdOf('::1', 40_001)).toBe(8)
  })
})
