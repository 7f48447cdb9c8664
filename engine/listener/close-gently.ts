import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_MS = 5000

/**
 * Closes a connection whose sender may still be sending: ends our side, then reads and drops what
 * comes, within bounds, so that the sender can read the answer instead of a reset (RFC 9112 §9.6).
 */
export function closeGently(socket: Duplex): void {
  if (socket.destroyed) return
  let left = MOST_BYTES
  const deadline = setTimeout(() => socket.destroy(), MOST_MS)
  socket.once('close', () => clearTimeout(deadline))
  socket.removeAllListeners('data')
  socket.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) socket.destroy()
  })
  socket.once('end', () => destroyWhenSent(socket))
  socket.end()
  if (socket.readableEnded) destroyWhenSent(socket)
  else socket.resume()
}

/** Has Node's HTTP server close so what it would close at once behind the last answer. */
export function closeGentlyAfterwards(response: ServerResponse | null): void {
  const socket = response?.req.socket
  if (socket) socket.destroySoon = () => closeGently(socket)
}

function destroyWhenSent(socket: Duplex): void {
  if (socket.writableFinished) socket.destroy()
  else socket.once('finish', () => socket.destroy())
}
