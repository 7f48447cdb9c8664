import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { writeAnswer } from './answers.ts'
import type { Carrier } from './carrier.ts'
import { closeGently } from './close-gently.ts'
import { letHang } from './faults.ts'
import { announcedByteLength, type Peer } from './request-head.ts'
import type { Answer } from './types.ts'

/** A request of HTTP/1.0 or 1.1, which has its connection for itself until it is answered. */
export class Http1Carrier implements Carrier {
  readonly body: IncomingMessage
  private readonly response: ServerResponse
  private readonly peer: Peer

  constructor(request: IncomingMessage, response: ServerResponse, peer: Peer) {
    this.body = request
    this.response = response
    this.peer = peer
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
      body.socket.destroySoon = () => closeGently(body.socket)
    }
    writeAnswer(response, answer)
  }

  /** The connection goes on by itself. */
  landed(): void {}
}
