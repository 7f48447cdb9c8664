import { networkInterfaces } from 'node:os'

/** Which local ports our replays are using at the moment, so that the listener knows its own. */
export interface ReplayPorts {
  /** Called when the socket is connected and before its first byte is sent. */
  claim(port: number, replayId: number): void
  /** Called when the socket is gone. The claim holds for the grace time, then it is forgotten. */
  release(port: number): void
  /** The replay that sends from this address and port, `null` when it is none of ours. */
  replayIdOf(remoteAddress: string, remotePort: number): number | null
}

/**
 * A registry in memory, shared by the listener and the replays of one engine.
 *
 * @param graceMs a replay that was given up (timeout, cancel) reaches the listener's store only after
 *   its socket is gone, so its claim outlives it by this much; systems do not give a port out again
 *   that soon
 */
export function createReplayPorts(graceMs = 1000): ReplayPorts {
  const claims = new Map<number, { replayId: number }>()
  return {
    claim: (port, replayId) => {
      claims.set(port, { replayId })
    },
    release: (port) => {
      const claim = claims.get(port)
      const forget = (): void => {
        if (claims.get(port) === claim) claims.delete(port)
      }
      if (graceMs === 0) forget()
      else setTimeout(forget, graceMs).unref()
    },
    replayIdOf: (remoteAddress, remotePort) => {
      const claim = claims.get(remotePort)
      return claim && isOurs(remoteAddress) ? claim.replayId : null
    },
  }
}

/** Another machine may send from the same port number; only loopback and our own addresses count. */
function isOurs(remoteAddress: string): boolean {
  // A dual-stack listener sees IPv4 as ::ffff:127.0.0.1.
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)) return true
  return Object.values(networkInterfaces()).some((group) =>
    group?.some((own) => own.address === address),
  )
}
