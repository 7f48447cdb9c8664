import type { StoredDelivery } from '#engine/judging/intake.ts'

/** Tells which delivery a request of our own became, by the local port it was sent from. */
export interface Arrivals {
  expect(localPort: number): void
  /** Whether a request comes from a port that one of ours is expected from. */
  expects(head: { remotePort: number }): boolean
  /** The delivery that came from that port, once; `null` when none has. */
  take(localPort: number): number | null
  noteAll(stored: readonly StoredDelivery[]): void
}

export function createArrivals(): Arrivals {
  const expected = new Map<number, number | null>()
  return {
    expect: (localPort) => void expected.set(localPort, null),
    expects: ({ remotePort }) => expected.size > 0 && expected.has(remotePort),
    take(localPort) {
      const id = expected.get(localPort) ?? null
      expected.delete(localPort)
      return id
    },
    noteAll(stored) {
      if (expected.size === 0) return
      for (const { delivery, committed } of stored) {
        if (expected.get(delivery.remotePort) === null) {
          expected.set(delivery.remotePort, committed.id)
        }
      }
    },
  }
}
