import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { NOT_HERE, NOT_STORED } from './answers.ts'
import type { CaptureContext } from './capture-context.ts'
import { closeGentlyAfterwards } from './close-gently.ts'
import { Exchange } from './exchange.ts'
import { Feed } from './feed.ts'
import {
  CROWDED_OUT,
  HEAD_TOO_LATE,
  headStalled,
  isParserError,
  notReadOn,
  SENDER_GONE_IN_HEAD,
  tunnelAsked,
  unknownExpectation,
} from './head-troubles.ts'
import { answerSent, Http1Carrier, isLast } from './http1-carrier.ts'
import { Stillness } from './stillness.ts'
import { admitted } from './path-token.ts'
import { closeOf, type Served } from './served.ts'
import {
  malformed,
  PLAIN_ON_TLS,
  troubleOfParserError,
  type ParserError,
  type Trouble,
} from './problems.ts'
import { RecentBytes } from './recent-bytes.ts'
import { recordRefused, type Refused } from './refused.ts'
import { Turns } from './turn.ts'
import { turnAway } from './turn-away.ts'
import { Bridge, bridged, unknownMethodOf, withMethod } from './unknown-method.ts'
import {
  announcedByteLength,
  framingTrouble,
  headOf,
  headOfRefused,
  hostTrouble,
  upgradeTrouble,
  type Peer,
} from './request-head.ts'
import type { Answer, CapturedHead } from './types.ts'

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
  private readonly feed: Feed
  /** Requests that were begun and not answered. */
  private unanswered = 0
  private current: Exchange | null = null
  /** Of `current`. */
  private response: ServerResponse | null = null
  /** Nothing more is taken from this connection: a message failed, or we are closing it. */
  private over = false
  /** The answer to the current request ends the connection: what follows it is nobody's request. */
  private ends = false
  /** What the parser refused is being recorded and answered by hand. */
  private refusing = false
  private readonly stillness = new Stillness()
  private readonly turns = new Turns()
  /** By a clock that nobody sets. */
  heardAtMs = performance.now()

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
    this.feed = new Feed(socket, context.load, () => this.bodyLeft)
    socket.on('data', (packet: Buffer) => {
      this.heardAtMs = performance.now()
      // The parser forgets bytes: they are kept before it reads them.
      this.recent.add(packet)
      this.feed.take(packet)
      if (this.ends && this.bodyLeft === 0 && this.recent.hasUnread) this.readNoMore()
      if (this.feed.isTooMuch) this.giveWay()
    })
    // Before Node's own listener: an aborted request forgets its body.
    socket.prependListener('close', () => this.closed())
    // Node takes its own listener away from a CONNECT's socket, and a reset would then end the
    // process. There is nothing to do: 'close' follows, and records what was cut.
    socket.on('error', () => undefined)
  }

  /** A request is being read, or its answer is not yet on its way. */
  get isBusy(): boolean {
    return this.refusing || this.response?.writableFinished === false
  }

  /** Bytes that are sure to be body; 0: none is open; `null`: one is, of unknown length. */
  private get bodyLeft(): number | null {
    return this.current?.isComplete === false ? this.current.bodyLeft : 0
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
      () => unknownExpectation(request),
      () => clearTimeout(grace),
    )
    exchange?.read()
  }

  /** RFC 9110 §9.3.6: only proxies tunnel; 501, since no target here could ever support it. */
  connect(request: IncomingMessage, bytes: Buffer): void {
    if (this.ends) return
    this.over = true
    const packet = this.feed.stopBehind(bytes)
    this.recent.headCompleted()
    this.record({
      head: headOf(request, this.peer, Date.now()),
      bytes: packet,
      trouble: tunnelAsked(request),
      connected: this.peer.connected,
    })
  }

  /** Node's parser gave up on this connection, or Node timed its head out. */
  failed(error: ParserError): void {
    if (!isParserError(error)) {
      if (!this.over) this.socket.destroy(error)
      return
    }
    this.feed.stop()
    if (this.over) return
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
    const stillMs = this.stillness.since(this.socket.bytesRead + this.socket.bytesWritten, nowMs)
    if (this.headDrips(nowMs) || stillMs < this.context.idleTimeoutMs) return
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
    const readingMs = this.stillness.inHead(unread !== null && unread.length > 0, nowMs)
    if (unread === null || readingMs < this.context.headTimeoutMs) return false
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
    return closeOf(this.socket.destroy())
  }

  /** Resolves when the connection has ended. */
  whenClosed(): Promise<void> {
    return closeOf(this.socket)
  }

  private begin(
    [request, response]: [IncomingMessage, ServerResponse],
    trouble: (head: CapturedHead) => Trouble | null,
    onFinish: (() => void) | null = null,
  ): Exchange | null {
    this.feed.headCompleted()
    this.stillness.headCompleted()
    const { context, peer } = this
    if (this.ends) {
      this.feed.stop()
      request.resume()
      onFinish?.()
      return null
    }
    // Before anything of it is looked at: that is what makes it dear.
    if (context.load.refuses(request.rawHeaders.length / 2)) {
      return this.turnAway(request, response, NOT_STORED, onFinish)
    }
    const framing = framingTrouble(request, () => this.recent.unread())
    this.recent.headCompleted()
    if (this.method !== null) request.method = this.method
    const upgrade = request.headers.upgrade !== undefined
    const greedy = this.takesNoMore()
    if (greedy || this.method !== null || framing || upgrade || isLast(request, response)) {
      this.ends = true
      response.shouldKeepAlive = false
    }
    if (upgrade) this.watchUpgrade()
    const head = admitted(headOf(request, peer, Date.now()), context.pathToken())
    if (head === null) {
      context.strangers.note(peer.address)
      return this.turnAway(request, response, NOT_HERE, onFinish)
    }
    // Node would end the connection without an answer (a line of HTTP/0.9 with it is parsed).
    if (head.method === 'PRI') request.method = 'POST'
    const found = context.plainOnTls ? PLAIN_ON_TLS : (peer.refusal ?? framing ?? trouble(head))
    const carrier = new Http1Carrier(request, response, peer, () => (this.unanswered -= 1))
    this.unanswered += 1
    this.response = response
    const exchange = new Exchange(context, peer, carrier, head, found, this.turns.next(), onFinish)
    this.current = exchange
    // Nobody waits for its body then; one that is whole with this packet goes its way.
    if (context.load.awaitsNoBodyOf(head.rawHeaders.length))
      setImmediate(() => exchange.isReading && this.giveWay())
    return exchange
  }

  private turnAway(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    onFinish: (() => void) | null,
  ): null {
    this.over = true
    this.ends = true
    turnAway(request, response, answer)
    onFinish?.()
    return null
  }

  /** What comes now is nobody's request. */
  private readNoMore(): void {
    this.feed.stop()
    closeGentlyAfterwards(this.response)
  }

  /** It sends without waiting for answers: this one is the last that is read. */
  private takesNoMore(): boolean {
    const { load, tellings, onProblem } = this.context
    if (this.unanswered + 1 < load.mostPipelined) return false
    if (tellings.spend()) onProblem(notReadOn(this.peer.address, this.unanswered + 1))
    return true
  }

  /**
   * With an Upgrade header Node's parser keeps errors in the body and the end of the connection to
   * itself, and drops what follows. So it is the last of its connection, whose end is looked at here.
   */
  private watchUpgrade(): void {
    const gone = () => this.current?.isReading && this.current.senderGone()
    this.socket.once('end', () => setImmediate(gone))
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
    this.feed.stop()
    const reconnect = (over: Bridge) => this.context.reconnect(over, peer, method)
    void bridged(socket, bytes, method, { earlier: answerSent(this.response, socket), reconnect })
    return true
  }

  private record(refused: Refused): void {
    this.refusing = true
    // Node's own would end our side with the sender's, before the answer is there.
    this.socket.removeAllListeners('end')
    // The bodies of good requests in the same packet end later in this turn: they go first.
    const { context, socket, response } = this
    const recorded = () => recordRefused(context, socket, refused, answerSent(response, socket))
    const turn = this.turns.next()
    setImmediate(() => turn.take(() => void recorded().then(() => (this.refusing = false))))
  }

  private closed(): void {
    if (this.current?.isReading) this.current.senderGone()
    else if (!this.over && !this.ends && this.current?.isComplete !== false) {
      const bytes = this.recent.unread()
      if (bytes.length > 0) this.refuse(bytes, SENDER_GONE_IN_HEAD)
    }
    this.over = true
  }
}
