import { NOT_STORED, UNUSABLE_ANSWER } from './answers.ts'
import { BodyCollector, type CollectedBody } from './body-collector.ts'
import type { CaptureContext } from './capture-context.ts'
import type { Carrier } from './carrier.ts'
import { weightOfRequest } from './load.ts'
import { type Moment, wallMsBefore, wallMsSince } from './moment.ts'
import { byteCount, stoppedAfter, type Trouble } from './problems.ts'
import { headerPairs, type Peer } from './request-head.ts'
import { Turn } from './turn.ts'
import type { Answer, AnswerTimes, CapturedHead } from './types.ts'

/** One request and its answer: reads the body, hands both to the sink, answers what it says. */
export class Exchange {
  readonly head: CapturedHead
  private readonly carrier: Carrier
  private readonly begun: Moment
  private readonly context: CaptureContext
  private readonly peer: Peer
  private readonly collector: BodyCollector
  private readonly onFinish: (() => void) | null
  private readonly turn: Turn
  private trouble: Trouble | null
  private finished = false
  private completedAtMs = 0
  /** Of what it makes the listener hold until it is stored. */
  private readonly weight: number

  /**
   * @param trouble what is already known from the head
   * @param turn its place among what else its connection brings
   * @param onFinish the body is no longer awaited
   */
  constructor(
    context: CaptureContext,
    peer: Peer,
    carrier: Carrier,
    head: CapturedHead,
    trouble: Trouble | null,
    turn = new Turn(null),
    onFinish: (() => void) | null = null,
  ) {
    this.context = context
    this.turn = turn
    this.peer = peer
    this.carrier = carrier
    this.begun = { wallMs: head.receivedAtMs, monotonicMs: performance.now() }
    this.head = head
    this.trouble = trouble
    this.collector = new BodyCollector(context)
    this.onFinish = onFinish
    context.flight.begin()
    this.weight = weightOfRequest(head.rawHeaders.length)
    context.load.change(this.weight)
  }

  /** Whether the body is still being read. */
  get isReading(): boolean {
    return !this.finished
  }

  /** The request has come whole. */
  get isComplete(): boolean {
    return this.carrier.isComplete
  }

  /** Of a body that is not whole, how many bytes are sure to come; `null`: that was not announced. */
  get bodyLeft(): number | null {
    const { body, announcedByteLength } = this.carrier
    if (announcedByteLength === null || Number.isNaN(announcedByteLength)) return null
    return Math.max(1, announcedByteLength - this.collector.byteLength - body.readableLength)
  }

  /** Of the body, kept so far. */
  get byteLength(): number {
    return this.collector.byteLength
  }

  /** Whether we keep the sender waiting (a slow disk), not the sender us. */
  get isBehind(): boolean {
    return this.carrier.body.isPaused()
  }

  read(): void {
    const { body } = this.carrier
    body.on('data', (chunk: Buffer) => this.take(chunk))
    body.on('end', () => {
      if (this.carrier.isComplete) this.finish()
      else this.senderGone()
    })
  }

  /** Refuses a body that announces to be too large, before reading any of it. */
  refuseAnnounced(): void {
    this.carrier.body.resume()
    this.complete(this.tooLarge())
  }

  /** Ends the reading early with what has come; a body that is complete after all is no trouble. */
  finish(trouble: Trouble | null = null): void {
    if (this.finished) return
    this.takeBuffered()
    if (this.finished) return
    this.complete(this.carrier.isComplete ? this.trouble : (trouble ?? this.trouble))
  }

  /** The connection closed or ended; a request that was complete by then is an ordinary one. */
  senderGone(): void {
    this.finish({
      problem: 'sender-gone',
      detail: this.stopped(),
      requiredStatus: null,
    })
  }

  /** Too many connections are open, and this one made room. */
  crowdedOut(): void {
    this.finish({
      problem: 'sender-gone',
      detail: `${this.stopped()}; too many connections were open, and this one was closed to make room`,
      requiredStatus: null,
    })
  }

  idle(): void {
    const seconds = this.context.idleTimeoutMs / 1000
    this.finish({
      problem: 'idle-timeout',
      detail: `${this.stopped()}; then nothing came for ${seconds} s`,
      requiredStatus: 408,
    })
  }

  private stopped(): string {
    this.takeBuffered()
    return stoppedAfter(this.collector.byteLength, this.carrier.announcedByteLength)
  }

  /** Reading in flowing mode emits each chunk to `take`. */
  private takeBuffered(): void {
    const { body } = this.carrier
    while (body.readableLength > 0 && body.read() !== null) {
      if (this.finished) return
    }
  }

  private take(chunk: Buffer): void {
    if (this.finished) return
    const next = this.collector.add(chunk, this.head, () => this.carrier.body.resume())
    if (next === 'wait') this.carrier.body.pause()
    else if (next === 'over') this.complete(this.tooLarge())
  }

  private tooLarge(): Trouble {
    const announced = this.carrier.announcedByteLength
    const whole = announced === null ? '' : ` of ${byteCount(announced)}`
    const kept = byteCount(this.collector.byteLength)
    const limit = byteCount(this.context.bodyLimitBytes())
    return {
      problem: 'body-too-large',
      detail: `The body is over the limit of ${limit}; ${kept}${whole} were kept.`,
      requiredStatus: 413,
    }
  }

  private complete(trouble: Trouble | null): void {
    this.finished = true
    this.trouble = trouble
    this.completedAtMs = wallMsSince(this.begun)
    this.onFinish?.()
    if (this.collector.isSpooled) {
      this.carrier.body.resume()
      this.collector.file().then(
        (collected) => this.turn.take(() => this.deliver(collected)),
        (error: unknown) => this.turn.take(() => this.spoolFailed(error)),
      )
    } else {
      this.turn.take(() => this.deliver(this.collector.memory()))
    }
  }

  private deliver(collected: CollectedBody): void {
    const { trouble } = this
    this.context.sink
      .accept({
        head: this.head,
        completedAtMs: this.completedAtMs,
        rawTrailers: headerPairs(this.carrier.rawTrailers),
        body: collected.body,
        bodySha256: collected.bodySha256,
        problem: trouble === null ? null : trouble.problem,
        problemDetail: trouble === null ? null : trouble.detail,
        requiredStatus: trouble === null ? null : trouble.requiredStatus,
        observer: this.collector.observer,
      })
      .then(
        (answer) => this.answer(answer),
        () => this.answer(NOT_STORED),
      )
      .finally(() => {
        this.collector.release()
        this.context.load.change(-this.weight)
      })
  }

  private spoolFailed(error: unknown): void {
    this.context.load.change(-this.weight)
    const why = error instanceof Error ? error.message : String(error)
    this.context.onProblem({
      code: 'body-not-stored',
      sentence: `A large body could not be written to ${this.context.bodiesDir} (${why}). Its sender got 503. Free some space or check the folder's permissions; the next delivery tries again.`,
    })
    this.answer(NOT_STORED)
  }

  private answer(answer: Answer): void {
    const { flight } = this.context
    const { carrier } = this
    if (this.trouble?.problem === 'sender-gone') carrier.drop()
    const { delayMs = 0 } = answer
    if (delayMs > 0 && !carrier.way.destroyed && !flight.closing) {
      flight.hold(delayMs, carrier.way, () => this.answerNow(answer))
    } else this.answerNow(answer)
  }

  private answerNow(answer: Answer): void {
    const { carrier, context } = this
    if (!carrier.way.destroyed) {
      if (answer.fault === 'hang') carrier.hang()
      else {
        if (answer.fault === 'reset') carrier.reset()
        else this.write(answer)
        context.sink.answered(answer, this.times())
      }
    }
    carrier.landed()
    context.flight.end()
  }

  /** Counted from the receipt by a clock that nobody sets. */
  private times(): AnswerTimes {
    return {
      connectedAtMs: wallMsBefore(this.begun, this.peer.connected),
      answeredAtMs: wallMsSince(this.begun),
    }
  }

  private write(answer: Answer): void {
    const last = this.context.flight.closing
    try {
      this.carrier.write(answer, last)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.context.onProblem({
        code: 'answer-unusable',
        sentence: `The answer for ${this.head.target} is not valid HTTP (${why}). Its sender got 500. Correct the answer of the endpoint.`,
      })
      this.carrier.write(UNUSABLE_ANSWER, last)
    }
  }
}
