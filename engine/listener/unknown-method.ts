import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { GatheredBytes } from './gathered-bytes.ts'
import { FIRST_BYTES_LIMIT } from './recent-bytes.ts'

/** What a Connection needs of its socket; a Bridge has it as well. */
export interface Wire extends Duplex {
  readonly bytesRead: number
  readonly bytesWritten: number
}

const STAND_IN = 'POST'

/**
 * The method of a request line that is legal (RFC 9110 §9.1: any token) but that Node's parser,
 * which knows a fixed list, refuses; `null` when these bytes begin no such line.
 */
export function unknownMethodOf(bytes: Buffer): string | null {
  const line = bytes.toString('latin1', 0, 8300)
  return /^([!#$%&'*+.^_`|~\w-]{1,64}) [\x21-\x7e]+ HTTP\/1\.[01]\r\n/.exec(line)?.[1] ?? null
}

/** The refused bytes as they came, from those in which a method stands in. */
export function withMethod(bytes: Buffer, method: string): Buffer {
  return bytes.toString('latin1', 0, STAND_IN.length) === STAND_IN
    ? Buffer.concat([Buffer.from(method, 'latin1'), bytes.subarray(STAND_IN.length)])
    : bytes
}

/**
 * Reads on where the parser gave up on an unknown method: the same connection once more, with a
 * method in front that the parser knows and that frames a body alike. It can be given to the HTTP
 * server as a new connection (node:http, event 'connection').
 */
export class Bridge extends Duplex implements Wire {
  private readonly socket: Socket

  constructor(socket: Socket, bytes: Buffer, method: string) {
    super({ allowHalfOpen: true })
    this.socket = socket
    socket.removeAllListeners('data').removeAllListeners('end')
    this.push(Buffer.concat([Buffer.from(STAND_IN), bytes.subarray(method.length)]))
    socket.on('data', (packet: Buffer) => {
      if (!this.push(packet)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
    if (socket.readableEnded) this.push(null)
  }

  get bytesRead(): number {
    return this.socket.bytesRead
  }

  get bytesWritten(): number {
    return this.socket.bytesWritten
  }

  override _read(): void {
    this.socket.resume()
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(() => done())
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy()
    done(error)
  }
}

/** Bridges what the parser refused once the requests before it are answered (`earlier`). */
export async function bridged(
  socket: Socket,
  bytes: Buffer,
  method: string,
  { earlier, reconnect }: { earlier: Promise<void>; reconnect: (bridge: Bridge) => void },
): Promise<void> {
  const later = new GatheredBytes()
  // Node's own 'end' would have the answer before this one close the connection.
  socket.removeAllListeners('end').removeAllListeners('data')
  socket.on('data', (packet: Buffer) => {
    later.add(packet)
    // More waits with its sender until the answers before it are on their way.
    if (later.byteLength > FIRST_BYTES_LIMIT) socket.pause()
  })
  await earlier
  if (socket.destroyed) return
  reconnect(new Bridge(socket, Buffer.concat([bytes, ...later.pieces()]), method))
}
