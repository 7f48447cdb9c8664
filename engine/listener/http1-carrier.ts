import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { writeAnswer } from './answers.ts'
import type { Carrier } from './carrier.ts'
import { closeGentlyAfterwards } from './close-gently.ts'
import { letHang } from './faults.ts'
import { announcedByteLength, type Peer } from './request-head.ts'
import type { Answer } from './types.ts'

/** A request of HTTP/1.0 or 1.1, which has its connection for itself until it is answered. */
export class Http1Carrier implements Carrier {
  readonly body: IncomingMessage
  private readonly response: ServerResponse
  private readonly peer: Peer
  private readonly onLanded: () => void

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    peer: Peer,
    onLanded: () => void,
  ) {
    this.body = request
    this.response = response
    this.peer = peer
    this.onLanded = onLanded
  }

  get isComplete(): boolean {
    return this.body.complete
  }

  get rawTrailers(): readonly string[] {
    return this.body.rawTrailers
  }

  get announcedByteLength(): number | null {
    return announcedByteLength(this.body)
  }

  get way(): Duplex {
    return this.body.socket
  }

  drop(): void {
    const { socket } = this.body
    // Answers to requests before this one go out first; then it gets the connection.
    if (this.response.socket) socket.destroy()
    else this.response.once('socket', () => socket.destroy())
  }

  hang(): void {
    letHang(this.body.socket)
  }

  reset(): void {
    this.peer.reset()
  }

  write(answer: Answer, last: boolean): void {
    const { response, body } = this
    if (last) response.shouldKeepAlive = false
    if (!body.complete) {
      response.shouldKeepAlive = false
      // Node would destroy the socket after this answer, and the reset could swallow it.
      closeGentlyAfterwards(response)
    }
    writeAnswer(response, answer)
  }

  landed(): void {
    this.onLanded()
  }
}

/** Whether the connection ends with the answer to this request. */
export function isLast({ headers }: IncomingMessage, response: ServerResponse): boolean {
  const { connection } = headers
  // Beside `close` a keep-alive counts for nothing; the parser takes the last word.
  const closes = connection !== undefined && /\bclose\b/i.test(connection)
  // Also HTTP/1.0 without `keep-alive`.
  return closes || !response.shouldKeepAlive
}

/** Resolves when an answer, if there is one, is on its way, or nobody is there to read it. */
export function answerSent(response: ServerResponse | null, socket: Duplex): Promise<void> {
  if (!response || response.writableFinished || socket.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    response.once('close', resolve)
    socket.once('close', resolve)
  })
}
