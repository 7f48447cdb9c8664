import type { Duplex } from 'node:stream'
import { type Load, weightOfHeadPart } from './load.ts'
import type { RecentBytes } from './recent-bytes.ts'

/** Requests of one connection that may wait for their answers; then it is not read on. */
const MOST_WAITING = 64
const MOST_WAITING_BYTES = 1024 * 1024
/** Honest heads are smaller; where much is in work, larger ones wait. */
const LARGE_HEAD_BYTES = 8 * 1024

/** The parser is given so much at once: in 64 KiB there may stand thousands of requests. */
const SLICE_BYTES = 4 * 1024
const CHUNKED_SLICE_BYTES = 16 * 1024
const CROWDED_SLICE_BYTES = 128
const CROWDED_CHUNKED_SLICE_BYTES = 512

/** What the parser made of what it was given. */
export interface Fed {
  /** Requests that came whole and are not answered yet. */
  readonly waiting: number
  /** Bytes that are sure to be body; 0: no body is open; `null`: one is, and nobody knows its length. */
  readonly bodyLeft: number | null
}

/**
 * Gives Node's parser what a connection brings, in pieces, and only while few of its requests wait
 * for their answers: what else was sent stays with its sender. Pipelined requests cost their sender
 * next to nothing, and us a row each.
 */
export class Feed {
  private readonly socket: Duplex
  private readonly load: Load
  private readonly fed: Fed
  private parse: ((packet: Buffer) => void) | null
  private holding = false
  /** What of the packet in work the parser was not given. */
  private rest: Buffer = EMPTY
  private headCompletedNow = false
  /** Of the head that is being read. */
  private headBytes = 0
  /** Since no request waited last. */
  private bytesWithWaiting = 0
  private readonly wake = () => this.goOn()

  /** Takes the place of the parser's listener on a socket that was just given to Node's HTTP server. */
  constructor(socket: Duplex, load: Load, fed: Fed) {
    this.socket = socket
    this.load = load
    this.fed = fed
    this.parse = parserOf(socket)
    socket.once('close', () => this.stop())
  }

  /** It is we who do not read on, not the sender who is silent. */
  get isHolding(): boolean {
    return this.holding
  }

  /** What came behind the piece that the parser has just read, in the same packet. */
  get unread(): Buffer {
    return this.rest
  }

  take(packet: Buffer, recent: RecentBytes): void {
    if (this.parse === null) return
    if (this.mustHold) {
      this.hold(packet)
      return
    }
    recent.add(packet, this.fed.bodyLeft !== 0)
    this.rest = packet
    do this.give(this.parse)
    while (this.readsOn)
    if (this.rest.length > 0 && this.parse !== null && !this.socket.destroyed) {
      recent.putBack(packet, this.rest.length)
      if (this.mustHold) this.hold(this.rest)
      else this.socket.unshift(this.rest)
    }
    this.rest = EMPTY
  }

  /** Where Node paused it, a body waits for the disk, or answers for their reader. */
  private get readsOn(): boolean {
    if (this.rest.length === 0 || this.parse === null || this.socket.destroyed) return false
    return !this.mustHold && !this.socket.isPaused()
  }

  headCompleted(): void {
    this.headCompletedNow = true
    this.countHead(0)
  }

  /** A request was answered, or there is room: reads on where nothing speaks against it. */
  goOn(): void {
    if (this.fed.waiting === 0) this.bytesWithWaiting = 0
    if (!this.holding) return
    if (this.mustHold) {
      // Its own answers call here again; room that others make does not.
      if (this.load.isCrowded) this.load.whenLess(this.wake)
      return
    }
    this.holding = false
    this.load.forget(this.wake)
    this.socket.resume()
  }

  /** The parser is given nothing more; what comes is dropped. */
  stop(): void {
    this.parse = null
    this.countHead(0)
    this.load.forget(this.wake)
    if (!this.holding) return
    this.holding = false
    this.socket.resume()
  }

  private get mustHold(): boolean {
    const { waiting } = this.fed
    if (waiting >= MOST_WAITING) return true
    if (waiting > 0 && this.bytesWithWaiting >= MOST_WAITING_BYTES) return true
    return this.load.isCrowded && (waiting > 0 || this.headBytes > LARGE_HEAD_BYTES)
  }

  private give(parse: (packet: Buffer) => void): void {
    const size = this.sliceBytes()
    const { rest } = this
    const piece = rest.length <= size ? rest : rest.subarray(0, size)
    this.rest = rest.length <= size ? EMPTY : rest.subarray(size)
    this.headCompletedNow = false
    parse(piece)
    const reading = !this.headCompletedNow && this.fed.bodyLeft === 0
    this.countHead(reading ? this.headBytes + piece.length : 0)
    this.bytesWithWaiting = this.fed.waiting === 0 ? 0 : this.bytesWithWaiting + piece.length
  }

  private sliceBytes(): number {
    const { bodyLeft } = this.fed
    const { isCrowded } = this.load
    const usual = isCrowded ? CROWDED_SLICE_BYTES : SLICE_BYTES
    if (bodyLeft !== null) return Math.max(usual, bodyLeft)
    return isCrowded ? CROWDED_CHUNKED_SLICE_BYTES : CHUNKED_SLICE_BYTES
  }

  private countHead(byteLength: number): void {
    if (byteLength === this.headBytes) return
    const more = weightOfHeadPart(byteLength) - weightOfHeadPart(this.headBytes)
    this.headBytes = byteLength
    if (more > 0) this.load.take(more)
    else if (more < 0) this.load.give(-more)
  }

  private hold(rest: Buffer): void {
    this.holding = true
    this.socket.pause()
    this.socket.unshift(rest)
    if (this.load.isCrowded) this.load.whenLess(this.wake)
  }
}

const EMPTY: Buffer = Buffer.alloc(0)

/** Node's own listener is the only one then: `server.emit('connection', socket)` added it. */
function parserOf(socket: Duplex): (packet: Buffer) => void {
  const listeners = socket.listeners('data')
  socket.removeAllListeners('data')
  return (packet) => {
    for (const listener of listeners) listener.call(socket, packet)
  }
}
