import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { CaptureContext } from './capture-context.ts'
import { Exchange } from './exchange.ts'
import { GatheredBytes } from './gathered-bytes.ts'
import {
  CROWDED_OUT,
  HEAD_TOO_LATE,
  headStalled,
  isParserError,
  SENDER_GONE_IN_HEAD,
} from './head-troubles.ts'
import { Http1Carrier } from './http1-carrier.ts'
import { admitted } from './path-token.ts'
import type { Served } from './served.ts'
import {
  malformed,
  PLAIN_ON_TLS,
  troubleOfParserError,
  type ParserError,
  type Trouble,
} from './problems.ts'
import { FIRST_BYTES_LIMIT, RecentBytes } from './recent-bytes.ts'
import { recordRefused, type Refused } from './refused.ts'
import { turnAway } from './turn-away.ts'
import { Bridge, unknownMethodOf, withMethod } from './unknown-method.ts'
import {
  announcedByteLength,
  framingTrouble,
  headOf,
  headOfRefused,
  hostTrouble,
  upgradeTrouble,
  type Peer,
} from './request-head.ts'
import type { CapturedHead } from './types.ts'

/** How long the body of a request with an unknown expectation is awaited: it may never come. */
const UNKNOWN_EXPECT_GRACE_MS = 1000

/** One sender's connection of HTTP/1: which request is open, what was read last, since when it is silent. */
export class Connection implements Served {
  private readonly context: CaptureContext
  private readonly socket: Socket | Bridge
  private readonly peer: Peer
  /** What the sender wrote where the parser read a method that stands in for it. */
  private readonly method: string | null
  private readonly recent = new RecentBytes()
  private current: Exchange | null = null
  /** Of `current`. */
  private response: ServerResponse | null = null
  /** Nothing more is taken from this connection: a message failed, or we are closing it. */
  private over = false
  /** The answer to the current request ends the connection: what follows it is nobody's request. */
  private ends = false
  /** What the parser refused is being recorded and answered by hand. */
  private refusing = false
  private bytesSeen = 0
  /** By a clock that nobody sets. */
  heardAtMs = performance.now()
  /** By the clock of the sweep; `null`: before the first. */
  private activeAtMs: number | null = null
  /** Since when a head is being read, as far as the sweep saw; `null`: none is. */
  private headSinceMs: number | null = null

  constructor(
    context: CaptureContext,
    socket: Socket | Bridge,
    peer: Peer,
    method: string | null = null,
  ) {
    this.context = context
    this.socket = socket
    this.peer = peer
    this.method = method
    // Before Node's own listeners: the parser forgets bytes, and an aborted request its body.
    socket.prependListener('data', (packet: Buffer) => {
      this.heardAtMs = performance.now()
      this.recent.add(packet, this.current !== null && !this.current.isComplete)
    })
    socket.prependListener('close', () => this.closed())
    // Node takes its own listener away from a CONNECT's socket, and a reset would then end the
    // process. There is nothing to do: 'close' follows, and records what was cut.
    socket.on('error', () => undefined)
  }

  /** A request is being read, or its answer is not yet on its way. */
  get isBusy(): boolean {
    if (this.refusing) return true
    return this.response !== null && !this.response.writableFinished
  }

  request(request: IncomingMessage, response: ServerResponse): void {
    this.begin([request, response], (head) => hostTrouble(head) ?? upgradeTrouble(request))?.read()
  }

  /** RFC 9110 §10.1.1: says 100 first, unless the body is not wanted. */
  requestExpectingContinue(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.begin([request, response], hostTrouble)
    if (exchange === null) return
    if ((announcedByteLength(request) ?? 0) > this.context.bodyLimitBytes()) {
      // A good request before it, in the same packet, ends later in this turn: it goes first.
      setImmediate(() => {
        if (exchange.isReading) exchange.refuseAnnounced()
      })
      return
    }
    response.writeContinue()
    exchange.read()
  }

  requestExpectingUnknown(request: IncomingMessage, response: ServerResponse): void {
    const grace = setTimeout(() => exchange?.finish(), UNKNOWN_EXPECT_GRACE_MS)
    const exchange = this.begin(
      [request, response],
      () => ({
        problem: 'unknown-expect',
        detail: `The sender expects "${request.headers.expect}", which nobody defines.`,
        requiredStatus: 417,
      }),
      () => clearTimeout(grace),
    )
    exchange?.read()
  }

  /** RFC 9110 §9.3.6: only proxies tunnel; 501, since no target here could ever support it. */
  connect(request: IncomingMessage, bytes: Buffer): void {
    if (this.ends) return
    this.over = true
    this.recent.headCompleted()
    const detail = `The sender takes this port for a proxy and asks for a tunnel to ${request.url}.`
    this.record({
      head: headOf(request, this.peer, Date.now()),
      bytes,
      trouble: { problem: 'connect', detail, requiredStatus: 501 },
      connected: this.peer.connected,
    })
  }

  /** Node's parser gave up on this connection, or Node timed its head out. */
  failed(error: ParserError): void {
    if (this.over) return
    if (!isParserError(error)) {
      this.socket.destroy(error)
      return
    }
    if (error.code === 'HPE_CLOSED_CONNECTION') {
      // RFC 9112 §9.6: what follows "Connection: close" is not looked at; its answer closes.
      this.over = true
      return
    }
    const { current } = this
    if (current && !current.isComplete) {
      this.over = true
      if (!current.isReading) return
      if (error.code === 'HPE_INVALID_EOF_STATE') current.senderGone()
      else {
        const trouble = malformed(troubleOfParserError(error, Buffer.alloc(0)).detail)
        // A good request before it, in the same packet, ends later in this turn: it goes first.
        setImmediate(() => current.finish(trouble))
      }
      return
    }
    if (this.ends) {
      this.over = true
      return
    }
    const bytes = this.recent.unread()
    if (error.code === 'HPE_INVALID_METHOD' && this.bridge(bytes)) return
    if (bytes.length === 0 && error.code === 'ERR_HTTP_REQUEST_TIMEOUT') this.end()
    else this.refuse(bytes, troubleOfParserError(error, bytes))
  }

  /** Called now and then: acts when nothing moved on this connection for the idle timeout. */
  sweep(nowMs: number): void {
    const bytes = this.socket.bytesRead + this.socket.bytesWritten
    if (bytes !== this.bytesSeen) {
      this.bytesSeen = bytes
      this.activeAtMs = nowMs
    }
    this.activeAtMs ??= nowMs
    if (this.headDrips(nowMs)) return
    if (nowMs - this.activeAtMs < this.context.idleTimeoutMs) return
    if (this.current?.isReading) {
      if (!this.current.isBehind) this.current.idle()
    } else if (this.isBusy) {
      // The answer is being made, unless the sender does not read it.
      if (this.socket.writableLength > 0) this.socket.destroy()
    } else if (!this.over) {
      const unread = this.recent.unread()
      if (unread.length === 0) this.end()
      else this.refuse(unread, headStalled(this.context.idleTimeoutMs))
    }
  }

  /** Refuses a head that is not whole after a minute, however busily it drips (slowloris). */
  private headDrips(nowMs: number): boolean {
    const unread = this.over || this.ends || this.isBusy ? null : this.recent.unread()
    if (unread === null || unread.length === 0) {
      this.headSinceMs = null
      return false
    }
    this.headSinceMs ??= nowMs
    if (nowMs - this.headSinceMs < this.context.headTimeoutMs) return false
    this.refuse(unread, HEAD_TOO_LATE)
    return true
  }

  /** Ends, where it waits for its sender; what came so far is recorded, and nobody is answered. */
  giveWay(): boolean {
    const { current } = this
    if (current?.isReading) current.crowdedOut()
    else if (this.isBusy || this.over) return false
    else {
      const unread = this.recent.unread()
      if (unread.length > 0) this.refuse(unread, CROWDED_OUT)
    }
    this.over = true
    this.socket.destroy()
    return true
  }

  /** Closes an idle connection, after what is still to be sent. */
  end(): void {
    this.over = true
    if (this.socket.writableFinished) this.socket.destroy()
    else this.socket.end(() => this.socket.destroy())
  }

  /** Closes the connection whatever it does; resolves when it is closed. */
  destroy(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve())
      this.socket.destroy()
    })
  }

  /** Resolves when the connection has ended. */
  whenClosed(): Promise<void> {
    if (this.socket.closed) return Promise.resolve()
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve())
    })
  }

  private begin(
    pair: [IncomingMessage, ServerResponse],
    trouble: (head: CapturedHead) => Trouble | null,
    onFinish: (() => void) | null = null,
  ): Exchange | null {
    this.recent.headCompleted()
    this.headSinceMs = null
    const { context, peer } = this
    const [request, response] = pair
    if (this.ends) {
      request.resume()
      onFinish?.()
      return null
    }
    const framing = framingTrouble(request)
    if (this.method !== null) request.method = this.method
    const { upgrade: offered, connection } = request.headers
    const upgrade = offered !== undefined
    // Beside `close` a keep-alive counts for nothing, though the parser takes the last word; HTTP/1.0
    // ends without one.
    const closes = !response.shouldKeepAlive || /\bclose\b/i.test(connection ?? '')
    if (this.method !== null || framing !== null || upgrade || closes) {
      this.ends = true
      response.shouldKeepAlive = false
    }
    if (upgrade) this.watchUpgrade()
    const head = admitted(headOf(request, peer, Date.now()), context.pathToken())
    if (head === null) {
      this.over = true
      turnAway(context, peer, request, response)
      onFinish?.()
      return null
    }
    const found = context.plainOnTls ? PLAIN_ON_TLS : (peer.refusal ?? framing ?? trouble(head))
    const carrier = new Http1Carrier(request, response, peer)
    this.response = response
    this.current = new Exchange(context, peer, carrier, head, found, onFinish)
    return this.current
  }

  /**
   * With an Upgrade header Node's parser keeps errors in the body and the end of the connection to
   * itself, and drops what follows. So it is the last of its connection, whose end is looked at here.
   */
  private watchUpgrade(): void {
    this.socket.once('end', () => {
      setImmediate(() => {
        if (this.current?.isReading) this.current.senderGone()
      })
    })
  }

  private refuse(unread: Buffer, trouble: Trouble): void {
    this.over = true
    const bytes = this.method === null ? unread : withMethod(unread, this.method)
    const head = headOfRefused(bytes, this.peer, Date.now())
    this.record({ head, bytes, trouble, connected: this.peer.connected })
  }

  /** Takes a request with a method that is legal but unknown to the parser; false: it is not one. */
  private bridge(bytes: Buffer): boolean {
    const { socket, peer } = this
    const method = unknownMethodOf(bytes)
    if (method === null || socket instanceof Bridge) return false
    this.over = true
    this.refusing = true
    const later = new GatheredBytes()
    // Node's own 'end' would have the answer before this one close the connection.
    socket.removeAllListeners('end').removeAllListeners('data')
    socket.on('data', (packet: Buffer) => {
      later.add(packet)
      // More waits with its sender until the answers before it are on their way.
      if (later.byteLength > FIRST_BYTES_LIMIT) socket.pause()
    })
    const reconnect = async () => {
      await this.earlierAnswered()
      const rest = Buffer.concat([bytes, ...later.pieces()])
      if (!socket.destroyed) this.context.reconnect(new Bridge(socket, rest, method), peer, method)
    }
    void reconnect()
    return true
  }

  private record(refused: Refused): void {
    this.refusing = true
    // Node's own would end our side with the sender's, before the answer is there.
    this.socket.removeAllListeners('end')
    // The bodies of good requests in the same packet end later in this turn: they go first.
    setImmediate(() => void this.recordInTurn(refused))
  }

  private async recordInTurn(refused: Refused): Promise<void> {
    await recordRefused(this.context, this.socket, refused, this.earlierAnswered())
    this.refusing = false
  }

  private closed(): void {
    if (this.current?.isReading) this.current.senderGone()
    else if (!this.over && !this.ends && this.current?.isComplete !== false) {
      const bytes = this.recent.unread()
      if (bytes.length > 0) this.refuse(bytes, SENDER_GONE_IN_HEAD)
    }
    this.over = true
  }

  private earlierAnswered(): Promise<void> {
    const { response } = this
    const socket: Duplex = this.socket
    if (!response || response.writableFinished || socket.destroyed) return Promise.resolve()
    return new Promise((resolve) => {
      response.once('close', resolve)
      socket.once('close', resolve)
    })
  }
}
