import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import { MOST_STREAMS } from './http2-connection.ts'

/** Twice what a head may have: what is a little too large is recorded as that. */
const MAX_HEAD_BYTES = 128 * 1024
const STREAM_WINDOW_BYTES = 256 * 1024
const CONNECTION_WINDOW_BYTES = 1024 * 1024

/** Makes a session of HTTP/2 on a connection that agreed on it (ALPN `h2`). */
export type BeginSession = (socket: Socket) => ServerHttp2Session

/** Never listens itself: connections are given to it. */
export function http2Sessions(): BeginSession {
  const server: Http2Server = createServer({
    // No limit but the size, as with HTTP/1.
    maxHeaderListPairs: 4096,
    maxSettings: 16,
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 100,
    settings: {
      enablePush: false,
      maxConcurrentStreams: MOST_STREAMS,
      maxHeaderListSize: MAX_HEAD_BYTES,
      initialWindowSize: STREAM_WINDOW_BYTES,
    },
  })
  server.on('sessionError', () => undefined)
  return (socket) => {
    let begun: ServerHttp2Session | null = null
    const note = (session: ServerHttp2Session) => (begun = session)
    server.once('session', note)
    server.emit('connection', socket)
    server.off('session', note)
    const session: ServerHttp2Session | null = begun
    if (session === null) throw new Error('Node began no session of HTTP/2 on this connection.')
    return widened(session)
  }
}

/** Node begins with 64 KiB for all requests of a connection together. */
function widened(session: ServerHttp2Session): ServerHttp2Session {
  session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
  return session
}
