import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { NOT_HERE } from './answers.ts'
import type { CaptureContext } from './capture-context.ts'
import { Exchange } from './exchange.ts'
import { FloodBudget } from './flood-budget.ts'
import { writeHttp2Answer } from './http2-answer.ts'
import { Http2Carrier } from './http2-carrier.ts'
import { expectsContinue, http2Head, http2Trouble } from './http2-head.ts'
import { admitted } from './path-token.ts'
import type { Peer } from './request-head.ts'
import { closeOf, type Served } from './served.ts'

/** Requests that may be open at once; as many again may be under way that their sender reset. */
export const MOST_STREAMS = 100
const MOST_UNDER_WAY = 2 * MOST_STREAMS
/** What a connection may have under way during a flood. */
const FEW = 4
/** What frames beside bodies may take, and what for each request (two of the largest heads). */
const FREE_BYTES = 1024 * 1024
const FREE_BYTES_EACH = 160 * 1024
const WATCH_MS = 250

interface Open {
  exchange: Exchange
  /** Of its body and answer; `atMs`: since when, by the clock of the sweep. */
  moved: number
  atMs: number | null
}

/** One sender's connection of HTTP/2: its requests, and what it may do at most. */
export class Http2Connection implements Served {
  private readonly context: CaptureContext
  private readonly session: ServerHttp2Session
  private readonly socket: Socket
  private readonly peer: Peer
  private readonly open = new Map<ServerHttp2Stream, Open>()
  /** Rapid reset (CVE-2023-44487): each costs a row, and the sender nothing. */
  private readonly resets = new FloodBudget(MOST_STREAMS, 20)
  private readonly controls = new FloodBudget(200, 20)
  private readonly watch: NodeJS.Timeout
  private requests = 0
  private underWay = 0
  private bodyBytes = 0
  /** Since when no request is open, by the clock of the sweep. */
  private idleSinceMs: number | null = null

  constructor(context: CaptureContext, session: ServerHttp2Session, socket: Socket, peer: Peer) {
    this.context = context
    this.session = session
    this.socket = socket
    this.peer = peer
    session.on('stream', (stream, _headers, _flags, rawHeaders: string[]) =>
      this.request(stream, rawHeaders),
    )
    const control = (what: string) => () => {
      if (!this.controls.spend()) this.cutOff(`too many ${what} frames`)
    }
    session.on('ping', control('PING'))
    session.on('remoteSettings', control('SETTINGS'))
    // 'close' follows; what was open is recorded as cut.
    session.on('error', () => undefined)
    this.watch = setInterval(() => this.weigh(), WATCH_MS).unref()
    socket.once('close', () => clearInterval(this.watch))
    socket.once('end', () => this.senderEnded())
  }

  get isBusy(): boolean {
    return this.open.size > 0 || this.underWay > 0
  }

  private request(stream: ServerHttp2Stream, rawHeaders: readonly string[]): void {
    const { context, peer } = this
    this.requests += 1
    const head = admitted(http2Head(rawHeaders, peer, Date.now()), context.pathToken())
    if (head === null) return this.turnAway(stream)
    const carrier = new Http2Carrier(stream, head, {
      onLast: () => this.session.close(),
      onLanded: () => (this.underWay -= 1),
    })
    this.underWay += 1
    const trouble = peer.refusal ?? http2Trouble(head)
    const exchange = new Exchange(context, peer, carrier, head, trouble)
    this.open.set(stream, { exchange, moved: 0, atMs: null })
    stream.on('data', (chunk: Buffer) => {
      carrier.received += chunk.length
      this.bodyBytes += chunk.length
    })
    stream.once('aborted', () => this.aborted(exchange))
    stream.once('close', () => {
      this.open.delete(stream)
      if (exchange.isReading) exchange.senderGone()
    })
    if ((carrier.announcedByteLength ?? 0) > context.bodyLimitBytes() && expectsContinue(head)) {
      exchange.refuseAnnounced()
    } else {
      if (expectsContinue(head)) stream.additionalHeaders({ ':status': 100 })
      exchange.read()
    }
    if (this.underWay > MOST_UNDER_WAY) this.cutOff('too many requests at once')
    else if (
      context.load.refuses(head.rawHeaders.length) ||
      (context.load.isFlooded && this.underWay > FEW)
    ) {
      this.cutOff('too many requests of all senders at once')
    }
  }

  /** It does not know the path token: nothing of it is kept. */
  private turnAway(stream: ServerHttp2Stream): void {
    this.context.strangers.note(this.peer.address)
    stream.on('error', () => undefined)
    stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
    stream.resume()
    writeHttp2Answer(stream, NOT_HERE, false)
  }

  /** Its side is closed, and nothing more can come: what it had not sent whole is cut. */
  private senderEnded(): void {
    for (const { exchange } of this.open.values()) if (exchange.isReading) exchange.senderGone()
    this.session.close()
  }

  private aborted(exchange: Exchange): void {
    if (exchange.isReading) exchange.senderGone()
    if (!this.session.destroyed && !this.resets.spend()) this.cutOff('too many reset requests')
  }

  /** Frames that carry no body cost their sender little: those without end are a flood. */
  private weigh(): void {
    const others = this.socket.bytesRead - 2 * this.bodyBytes
    if (others > FREE_BYTES + this.requests * FREE_BYTES_EACH) this.cutOff('frames without end')
  }

  private cutOff(why: string): void {
    if (this.session.destroyed) return
    this.context.onProblem({
      code: 'sender-cut-off',
      sentence: `The HTTP/2 connection of ${this.peer.address} was cut off (${why}). What it had sent whole is recorded.`,
    })
    this.session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM)
  }

  sweep(nowMs: number): void {
    const { idleTimeoutMs } = this.context
    for (const [stream, one] of this.open) {
      const moved = one.exchange.byteLength + stream.writableLength
      if (one.atMs === null || one.moved !== moved) {
        one.moved = moved
        one.atMs = nowMs
      } else if (nowMs - one.atMs < idleTimeoutMs) continue
      else if (one.exchange.isReading) {
        if (!one.exchange.isBehind) one.exchange.idle()
        // The answer is being made, unless the sender does not read it.
      } else if (stream.writableLength > 0) stream.close(constants.NGHTTP2_CANCEL)
    }
    if (this.isBusy) {
      this.idleSinceMs = null
      return
    }
    this.idleSinceMs ??= nowMs
    // A head that drips in frames looks like this too; it gets no second chance.
    if (nowMs - this.idleSinceMs >= 2 * idleTimeoutMs) this.socket.destroy()
    else if (nowMs - this.idleSinceMs >= idleTimeoutMs) this.session.close()
  }

  end(): void {
    this.session.close()
  }

  destroy(): Promise<void> {
    const closed = this.whenClosed()
    this.session.destroy()
    this.socket.destroy()
    return closed
  }

  whenClosed(): Promise<void> {
    return closeOf(this.socket)
  }
}
