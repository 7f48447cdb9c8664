import { constants, type ServerHttp2Stream } from 'node:http2'
import type { Carrier } from './carrier.ts'
import { writeHttp2Answer } from './http2-answer.ts'
import type { Answer, CapturedHead } from './types.ts'

/** A request of HTTP/2: one stream among others of its connection (RFC 9113 §5). */
export class Http2Carrier implements Carrier {
  readonly body: ServerHttp2Stream
  readonly announcedByteLength: number | null
  rawTrailers: readonly string[] = []
  /** Bytes of the body that came, kept or not; its connection counts them. */
  received = 0
  private readonly isHead: boolean
  private readonly endedWithHead: boolean
  private readonly onLast: () => void
  private readonly onLanded: () => void

  /** `onLast`: an answer was written after which the connection shall end. */
  constructor(
    stream: ServerHttp2Stream,
    head: CapturedHead,
    events: { onLast: () => void; onLanded: () => void },
  ) {
    this.body = stream
    this.announcedByteLength = announcedIn(head)
    this.isHead = head.method === 'HEAD'
    this.endedWithHead = stream.endAfterHeaders
    this.onLast = events.onLast
    this.onLanded = events.onLanded
    stream.on('trailers', (_trailers, _flags, raw: string[]) => (this.rawTrailers = raw))
    // 'close' follows, and there is nobody to tell.
    stream.on('error', () => undefined)
  }

  /** A stream that its sender reset ends as well; what is known to be whole stays whole. */
  get isComplete(): boolean {
    if (this.endedWithHead) return true
    if (this.body.readableEnded && !this.body.closed) return true
    return this.announcedByteLength !== null && this.received === this.announcedByteLength
  }

  get way(): ServerHttp2Stream {
    return this.body
  }

  drop(): void {
    this.body.destroy()
  }

  /** The stream stays as it is; others of the connection go on. */
  hang(): void {
    this.body.resume()
  }

  /** RFC 9113 §5.4.2: the rude end of one stream; a TCP reset would take all others along. */
  reset(): void {
    this.body.close(constants.NGHTTP2_INTERNAL_ERROR)
  }

  write(answer: Answer, last: boolean): void {
    const { body } = this
    writeHttp2Answer(body, answer, this.isHead)
    // RFC 9113 §8.1: the sender need not go on with a body that nobody wants.
    if (!this.isComplete) body.once('finish', () => body.close(constants.NGHTTP2_NO_ERROR))
    if (last) this.onLast()
  }

  landed(): void {
    this.onLanded()
  }
}

function announcedIn({ rawHeaders }: CapturedHead): number | null {
  const found = rawHeaders.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  return found !== undefined && /^\d{1,15}$/.test(found) ? Number(found) : null
}
