import { connect, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

const PATIENCE_MS = 2000

/** Whether an address is (still) one of this machine; names and “all” always are. */
export function isHere(host: string, interfaces = networkInterfaces()): boolean {
  if (isIP(host) === 0 || host === '0.0.0.0' || host === '::') return true
  // Linux takes all of 127.0.0.0/8 without naming it anywhere.
  if (host.startsWith('127.') || host === '::1') return true
  return Object.values(interfaces).some((each) => each?.some(({ address }) => address === host))
}

/**
 * Knocks at a port of this machine and asks whether that came in.
 * @param came whether a connection from this port came in, in a moment
 * @returns false also where nobody, or somebody else, answers
 */
export function knock(
  host: string,
  port: number,
  came: (localPort: number) => Promise<boolean>,
): Promise<boolean> {
  const to = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve) => {
    const socket = connect({ host: to, port, timeout: PATIENCE_MS })
    const end = (reached: boolean) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
    socket.once('connect', () => {
      const { localPort } = socket
      if (localPort === undefined) end(false)
      else void came(localPort).then(end)
    })
  })
}
