import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * Servers close what is idle without a word (Node's after 5 s): a request that is written at that
 * moment may or may not have been read. So nothing is kept for nearly as long as that.
 */
const IDLE_MS = 500
/** Of one target. */
const MOST_IDLE = 32

export interface KeptConnection {
  /** What is written to and read from: the socket, or TLS on top of it. */
  stream: Duplex
  socket: Socket
}

interface Idle extends KeptConnection {
  timer: NodeJS.Timeout
  gone: () => void
}

/** Connections whose last answer was read to its end, for another request to the same target. */
export class KeptConnections {
  private readonly idle = new Map<string, Idle[]>()

  /** @param key what has to be equal: origin, and how its certificate is checked */
  take(key: string): KeptConnection | null {
    const found = this.idle.get(key)?.pop()
    if (!found) return null
    release(found)
    return found
  }

  keep(key: string, { stream, socket }: KeptConnection): void {
    const others = this.idle.get(key) ?? []
    if (others.length >= MOST_IDLE) {
      socket.destroy()
      return
    }
    this.idle.set(key, others)
    // Whatever happens to it now is its end: also bytes that nobody asked for.
    const gone = () => {
      release(kept)
      const at = others.indexOf(kept)
      if (at >= 0) others.splice(at, 1)
      socket.destroy()
    }
    const kept: Idle = { stream, socket, gone, timer: setTimeout(gone, IDLE_MS).unref() }
    for (const event of ENDS) stream.on(event, gone)
    stream.resume()
    others.push(kept)
  }

  close(): void {
    for (const all of this.idle.values()) for (const { gone } of [...all]) gone()
  }
}

const ENDS = ['data', 'end', 'close', 'error'] as const

function release({ stream, timer, gone }: Idle): void {
  clearTimeout(timer)
  for (const event of ENDS) stream.removeListener(event, gone)
}
