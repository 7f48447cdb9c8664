import type { Socket } from 'node:net'
import { createServer } from 'node:tls'
import { clientCertificateOf, refusalOf } from './client-certificate.ts'
import type { Credentials } from './credentials.ts'
import { looksLikeTls } from './problems.ts'
import type { Peer } from './request-head.ts'
import { closeOf, type Served } from './served.ts'

const HANDSHAKE_MS = 30_000

/** Where connections to a TLS port wait until it is known what their sender speaks. */
export interface Doorstep {
  take(socket: Socket, peer: Peer): void
}

export interface DoorstepEvents {
  /** Waits from now on, and counts like any connection. */
  waits: (socket: Socket, served: Served) => void
  /** Its decrypted connection is served in its place. */
  left: (socket: Socket) => void
  /** Decrypted, or as it came from a sender that speaks no TLS. */
  serve: (socket: Socket, peer: Peer, spoken: 'h2' | 'http/1.1' | 'plain') => void
  /** A handshake did not come to its end; `null`: the sender is gone, and its address with it. */
  failed: (address: string | null, error: Error) => void
  /** One did. */
  shaken: (peer: Peer) => void
}

/**
 * Shakes hands with senders that begin TLS and hands their decrypted connection on; others are
 * handed on as they are, so that they can be told in HTTP. A client certificate is asked for where
 * `clients` says so, but never insisted on here: who has none is refused in HTTP, and recorded.
 */
export function createDoorstep(credentials: Credentials, events: DoorstepEvents): Doorstep {
  const { cert, key, clients = null } = credentials
  const waiting = new Map<string, { socket: Socket; peer: Peer }>()
  const leave = ({ address, port }: Peer) => waiting.delete(`${address} ${port}`)
  const tls = createServer({
    ...{ cert, key, handshakeTimeout: 0, ALPNProtocols: ['h2', 'http/1.1'] },
    ...(clients && { requestCert: true, rejectUnauthorized: false, ca: clients.ca }),
  })
  tls.on('secureConnection', (secure) => {
    const waited = waiting.get(`${secure.remoteAddress} ${secure.remotePort}`)
    if (!waited) {
      secure.destroy()
      return
    }
    const { peer } = waited
    leave(peer)
    events.left(waited.socket)
    events.shaken(peer)
    const shown = clients && clientCertificateOf(secure)
    const refusal = clients && refusalOf(clients, shown)
    const known = {
      ...peer,
      secure: true as const,
      ...(shown && { clientCertificate: shown }),
      ...(refusal && { refusal }),
    }
    events.serve(secure, known, secure.alpnProtocol === 'h2' ? 'h2' : 'http/1.1')
  })
  // The sender gave up, does not trust the certificate, or speaks no TLS that we do.
  tls.on('tlsClientError', (error, secure) => {
    events.failed(secure.remoteAddress ?? null, error)
    secure.destroy()
  })

  const look = (socket: Socket, peer: Peer) => {
    const first: Buffer | null = socket.read(1)
    if (first === null) {
      socket.once('readable', () => look(socket, peer))
      return
    }
    socket.unshift(first)
    if (looksLikeTls(first)) {
      tls.emit('connection', socket)
      return
    }
    leave(peer)
    events.serve(socket, peer, 'plain')
  }
  return {
    take(socket, peer) {
      waiting.set(`${peer.address} ${peer.port}`, { socket, peer })
      events.waits(socket, new Handshake(socket))
      const tooLate = setTimeout(() => {
        if (waiting.has(`${peer.address} ${peer.port}`)) socket.destroy()
      }, HANDSHAKE_MS)
      socket.once('close', () => {
        clearTimeout(tooLate)
        leave(peer)
      })
      // 'close' follows, and there is nobody to tell.
      socket.on('error', () => undefined)
      look(socket, peer)
    },
  }
}

/** A connection before anything can be asked on it: it makes room whenever room is wanted. */
class Handshake implements Served {
  readonly isBusy = false
  readonly heardAtMs = performance.now()
  private readonly socket: Socket

  constructor(socket: Socket) {
    this.socket = socket
  }

  giveWay(): boolean {
    this.end()
    return true
  }

  /** Its own time runs from the beginning, whatever it does meanwhile. */
  sweep(): void {}

  end(): void {
    this.socket.destroy()
  }

  destroy(): Promise<void> {
    const closed = this.whenClosed()
    this.end()
    return closed
  }

  whenClosed(): Promise<void> {
    return closeOf(this.socket)
  }
}
