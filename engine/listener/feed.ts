import type { Duplex } from 'node:stream'
import { type Load, weightOfHeadPart } from './load.ts'

/** The parser is given so much at once: in 64 KiB there may stand thousands of requests. */
const PIECE_BYTES = 4 * 1024
const CHUNKED_PIECE_BYTES = 16 * 1024
const CROWDED_PIECE_BYTES = 256
/** Honest heads are smaller: where much is in work, nobody waits for the rest of larger ones. */
const LARGE_HEAD_BYTES = 8 * 1024

const EMPTY: Buffer = Buffer.alloc(0)

/**
 * Gives Node's parser what a connection brings, in pieces, so that it can be stopped in the middle of
 * a packet. A request that is sent without waiting for answers costs its sender next to nothing, and
 * us some microseconds and a row.
 */
export class Feed {
  private readonly load: Load
  /** Bytes that are sure to be body; 0: no body is open; `null`: one is, and nobody knows its length. */
  private readonly bodyLeft: () => number | null
  private parse: ((packet: Buffer) => void) | null
  /** What of the packet in work the parser was not given. */
  private rest = EMPTY
  private headCompletedNow = false
  /** Of the head that is being read. */
  private headBytes = 0

  /** Takes the place of the parser's listener on a socket that was just given to Node's HTTP server. */
  constructor(socket: Duplex, load: Load, bodyLeft: () => number | null) {
    this.load = load
    this.bodyLeft = bodyLeft
    this.parse = parserOf(socket)
    socket.once('close', () => this.stop())
  }

  /** A head grows beyond what honest senders have while all of them together have much in work. */
  get isTooMuch(): boolean {
    return this.headBytes > LARGE_HEAD_BYTES && this.load.isCrowded
  }

  take(packet: Buffer): void {
    this.rest = packet
    while (this.parse !== null && this.rest.length > 0) this.give(this.parse)
    this.rest = EMPTY
  }

  /** The parser has read a head to its end. */
  headCompleted(): void {
    this.headCompletedNow = true
    this.countHead(0)
  }

  /** Stops. @param bytes the end of the piece in work @returns them, and what came in the same packet */
  stopBehind(bytes: Buffer): Buffer {
    const all = Buffer.concat([bytes, this.rest])
    this.stop()
    return all
  }

  /** The parser is given nothing more; what comes is dropped. */
  stop(): void {
    this.parse = null
    this.countHead(0)
  }

  private give(parse: (packet: Buffer) => void): void {
    const piece = this.rest.subarray(0, this.pieceBytes())
    this.rest = this.rest.subarray(piece.length)
    // The end of a body is no head.
    this.headCompletedNow = this.bodyLeft() !== 0
    parse(piece)
    const reading = this.parse !== null && !this.headCompletedNow && this.bodyLeft() === 0
    this.countHead(reading ? this.headBytes + piece.length : 0)
  }

  private pieceBytes(): number {
    const left = this.bodyLeft()
    if (left === null) return CHUNKED_PIECE_BYTES
    return Math.max(left, this.load.isCrowded ? CROWDED_PIECE_BYTES : PIECE_BYTES)
  }

  private countHead(byteLength: number): void {
    if (byteLength === this.headBytes) return
    this.load.change(weightOfHeadPart(byteLength) - weightOfHeadPart(this.headBytes))
    this.headBytes = byteLength
  }
}

/** Node's own listener is the only one then: `server.emit('connection', socket)` added it. */
function parserOf(socket: Duplex): (packet: Buffer) => void {
  const listeners = socket.listeners('data')
  socket.removeAllListeners('data')
  return (packet) => {
    for (const listener of listeners) listener.call(socket, packet)
  }
}
