import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** After the end of a request's side, a sender that still listens is let hang so long. */
const AFTER_END_MS = 60_000
/** A sender that vanished without a word is noticed by probes (RFC 9293, section 3.8.4). */
const PROBE_AFTER_MS = 15_000

/**
 * Says nothing until the sender leaves. An end of its side alone may mean that it left or that it
 * waits (RFC 9112, section 9.6): then the connection is closed a minute later.
 */
export function letHang(socket: Duplex): void {
  if (socket instanceof Socket) socket.setKeepAlive(true, PROBE_AFTER_MS)
  const leaveSoon = () => {
    const timer = setTimeout(() => socket.destroy(), AFTER_END_MS).unref()
    socket.once('close', () => clearTimeout(timer))
  }
  if (socket.readableEnded) leaveSoon()
  else socket.once('end', leaveSoon)
  // Whatever else it sends is read and dropped: without reading, its end would never be seen.
  socket.resume()
}
