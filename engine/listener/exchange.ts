import type { IncomingMessage, ServerResponse } from 'node:http'
import { letHang } from './faults.ts'
import { NOT_STORED, UNUSABLE_ANSWER, writeAnswer } from './answers.ts'
import { BodyCollector, type CollectedBody } from './body-collector.ts'
import type { CaptureContext } from './capture-context.ts'
import { closeGently } from './close-gently.ts'
import { byteCount, stoppedAfter, type Trouble } from './problems.ts'
import { announcedByteLength, headerPairs, headOf, type Peer } from './request-head.ts'
import type { Answer, CapturedHead } from './types.ts'

/** One request and its answer: reads the body, hands both to the sink, answers what it says. */
export class Exchange {
  readonly head: CapturedHead
  readonly request: IncomingMessage
  readonly response: ServerResponse
  private readonly context: CaptureContext
  private readonly peer: Peer
  private readonly collector: BodyCollector
  private readonly onFinish: (() => void) | null
  private trouble: Trouble | null
  private finished = false
  private completedAtMs = 0

  /** `trouble`: what is already known from the head. `onFinish`: the body is no longer awaited. */
  constructor(
    context: CaptureContext,
    peer: Peer,
    [request, response]: [IncomingMessage, ServerResponse],
    trouble: (head: CapturedHead) => Trouble | null,
    onFinish: (() => void) | null = null,
  ) {
    this.context = context
    this.peer = peer
    this.request = request
    this.response = response
    this.head = headOf(request, peer, Date.now())
    this.trouble = trouble(this.head)
    this.collector = new BodyCollector(context)
    this.onFinish = onFinish
    context.flight.begin()
  }

  /** Whether the body is still being read. */
  get isReading(): boolean {
    return !this.finished
  }

  /** Whether we keep the sender waiting (a slow disk), not the sender us. */
  get isBehind(): boolean {
    return this.request.isPaused()
  }

  read(): void {
    this.request.on('data', (chunk: Buffer) => this.take(chunk))
    this.request.on('end', () => this.finish())
  }

  /** Refuses a body that announces to be too large, before reading any of it. */
  refuseAnnounced(): void {
    this.request.resume()
    this.complete(this.tooLarge())
  }

  /** Ends the reading early with what has come; a body that is complete after all is no trouble. */
  finish(trouble: Trouble | null = null): void {
    if (this.finished) return
    this.takeBuffered()
    if (this.finished) return
    this.complete(this.request.complete ? this.trouble : (trouble ?? this.trouble))
  }

  /** The connection closed or ended; a request that was complete by then is an ordinary one. */
  senderGone(): void {
    this.finish({
      problem: 'sender-gone',
      detail: this.stopped(),
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
    return stoppedAfter(this.collector.byteLength, announcedByteLength(this.request))
  }

  /** Reading in flowing mode emits each chunk to `take`. */
  private takeBuffered(): void {
    while (this.request.readableLength > 0 && this.request.read() !== null) {
      if (this.finished) return
    }
  }

  private take(chunk: Buffer): void {
    if (this.finished) return
    const next = this.collector.add(chunk, this.head, () => this.request.resume())
    if (next === 'wait') this.request.pause()
    else if (next === 'over') this.complete(this.tooLarge())
  }

  private tooLarge(): Trouble {
    const announced = announcedByteLength(this.request)
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
    this.completedAtMs = Date.now()
    this.onFinish?.()
    if (this.collector.isSpooled) {
      this.request.resume()
      this.collector.file().then(
        (collected) => this.deliver(collected),
        (error: unknown) => this.spoolFailed(error),
      )
    } else {
      this.deliver(this.collector.memory())
    }
  }

  private deliver(collected: CollectedBody): void {
    const { trouble } = this
    this.context.sink
      .accept({
        head: this.head,
        completedAtMs: this.completedAtMs,
        rawTrailers: headerPairs(this.request.rawTrailers),
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
  }

  private spoolFailed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error)
    this.context.onProblem({
      code: 'body-not-stored',
      sentence: `A large body could not be written to ${this.context.bodiesDir} (${why}). Its sender got 503. Free some space or check the folder's permissions; the next delivery tries again.`,
    })
    this.answer(NOT_STORED)
  }

  private answer(answer: Answer): void {
    const { flight } = this.context
    const { socket } = this.request
    if (this.trouble?.problem === 'sender-gone') socket.destroy()
    const { delayMs = 0 } = answer
    if (delayMs > 0 && !socket.destroyed && !flight.closing) {
      flight.hold(delayMs, socket, () => this.answerNow(answer))
    } else this.answerNow(answer)
  }

  private answerNow(answer: Answer): void {
    const { socket } = this.request
    if (!socket.destroyed) {
      if (answer.fault === 'hang') letHang(socket)
      else {
        if (answer.fault === 'reset') this.peer.reset()
        else this.write(answer)
        const { connectedAtMs } = this.peer
        this.context.sink.answered(answer, { connectedAtMs, answeredAtMs: Date.now() })
      }
    }
    this.context.flight.end()
  }

  private write(answer: Answer): void {
    const { response, request } = this
    if (this.context.flight.closing) response.shouldKeepAlive = false
    if (!request.complete) {
      response.shouldKeepAlive = false
      // Node would destroy the socket after this answer, and the reset could swallow it.
      request.socket.destroySoon = () => closeGently(request.socket)
    }
    try {
      writeAnswer(response, answer)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.context.onProblem({
        code: 'answer-unusable',
        sentence: `The answer for ${this.head.target} is not valid HTTP (${why}). Its sender got 500. Correct the answer of the endpoint.`,
      })
      writeAnswer(response, UNUSABLE_ANSWER)
    }
  }
}
