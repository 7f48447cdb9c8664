import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { bindPort, type Place } from './bind-port.ts'

/** A TCP port that is open to senders; who serves what comes in may change while it stays open. */
export interface Door {
  readonly port: number
  /** Which port was taken, and which one it is instead; `null`: the wanted one. */
  readonly portNotice: string | null
  /** It did not close by itself. */
  readonly isOpen: boolean
  /** Takes no more connections; those that are there stay. The address is free at once. */
  close(): void
}

export interface DoorEvents {
  entered: (socket: Socket) => void
  /** It closed by itself: nothing comes in any more. */
  stopped: (why: string) => void
  /** A connection could not be taken. */
  refused: (why: string) => void
}

/** Rejects with EngineStartError `port-taken` or `host-unusable`. */
export async function openDoor(place: Place, events: DoorEvents): Promise<Door> {
  // A sender may close its side after the request and still read the answer (RFC 9112 §9.6).
  const server = createServer({ allowHalfOpen: true, noDelay: true }, events.entered)
  const portNotice = await bindPort(server, place)
  let closing = false
  server.on('error', (error) => {
    // Such as EMFILE: one connection could not be taken, and the next one may be.
    if (!closing && server.listening) events.refused(error.message)
  })
  server.on('close', () => {
    if (!closing) events.stopped('its socket was closed')
  })
  return {
    port: addressOf(server).port,
    portNotice,
    get isOpen() {
      return server.listening
    },
    close() {
      if (closing) return
      closing = true
      server.close()
    },
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not a TCP listener.')
  return address
}
