import type { Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Credentials } from './credentials.ts'
import { looksLikeTls } from './problems.ts'
import type { Peer } from './request-head.ts'

const HANDSHAKE_MS = 30_000

/** Where connections to a TLS port wait until it is known what their sender speaks. */
export interface Doorstep {
  take(socket: Socket, peer: Peer): void
  readonly size: number
  /** Turns away who waits. */
  close(): void
}

/**
 * Shakes hands with senders that begin TLS and hands their decrypted connection on; others are
 * handed on as they are, so that they can be told in HTTP.
 */
export function createDoorstep(
  { cert, key }: Credentials,
  serve: (socket: Socket, peer: Peer, plain: boolean) => void,
): Doorstep {
  const waiting = new Map<string, { socket: Socket; peer: Peer }>()
  const tls = createServer({ cert, key, ALPNProtocols: ['http/1.1'], handshakeTimeout: 0 })
  tls.on('secureConnection', (secure) => {
    const found = waiting.get(`${secure.remoteAddress} ${secure.remotePort}`)
    if (!found) {
      secure.destroy()
      return
    }
    leave(found.peer)
    serve(secure, found.peer, false)
  })
  // The sender gave up or speaks no TLS that we do; its connection ends.
  tls.on('tlsClientError', (_error, secure) => secure.destroy())
  const leave = ({ address, port }: Peer) => waiting.delete(`${address} ${port}`)

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
    serve(socket, peer, true)
  }
  return {
    take(socket, peer) {
      waiting.set(`${peer.address} ${peer.port}`, { socket, peer })
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
    get size() {
      return waiting.size
    },
    close() {
      for (const { socket } of waiting.values()) socket.destroy()
    },
  }
}
