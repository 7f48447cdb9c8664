const HEAD_END = Buffer.from('\r\n\r\n')
const CR = 13
const LF = 10
const EMPTY = Buffer.alloc(0)
/** The size of a chunk has fewer digits, leading zeros included; else what follows is not walked. */
const MOST_DIGITS = 40

type Phase =
  /** Empty lines in front of a request line are ignored (RFC 9112 §2.2), and are no head. */
  | 'before'
  | 'head'
  | 'body'
  | 'chunk size'
  | 'chunk'
  | 'trailers'
  /** This is no HTTP/1.1: the parser gives up on it. */
  | 'lost'

/**
 * Finds where the messages of a connection of HTTP/1.1 begin (RFC 9112 §6.3, §7.1), so that what the
 * parser refuses, and forgets, can be told from the good messages before it.
 */
export class MessageWalk {
  /** Offsets in the stream, of the messages that were begun and not taken away. */
  private readonly starts: number[] = []
  private taken = 0
  private phase: Phase = 'before'
  /** The last bytes of the packet before, within a head. */
  private tail: Buffer = EMPTY
  /** Of the body, or of the chunk with the end of its line. */
  private left = 0
  private digits = ''
  private lineLength = 0

  /** Where the first message begins that was not taken away; `null`: there is none. */
  get firstStart(): number | null {
    return this.starts[this.taken] ?? null
  }

  /** The parser has read the head of the first message: nothing of it is asked for any more. */
  headTaken(): void {
    if (this.taken < this.starts.length) this.taken += 1
    if (this.taken < this.starts.length) return
    this.starts.length = 0
    this.taken = 0
  }

  /**
   * @param at the offset of the packet in the stream
   * @param begun the bytes, before this packet, of the head that it goes on with
   */
  take(packet: Buffer, at: number, begun: () => readonly Buffer[]): void {
    let offset = 0
    let start: number | null = null
    while (offset < packet.length) {
      if (this.phase === 'before') {
        if (packet[offset] === CR || packet[offset] === LF) offset += 1
        else {
          start = offset
          this.starts.push(at + offset)
          this.phase = 'head'
        }
      } else if (this.phase === 'head') {
        const end = this.headEnd(packet, offset)
        if (end === null) return
        const head = packet.subarray(start ?? 0, end)
        this.readFraming(start === null ? Buffer.concat([...begun(), head]) : head)
        offset = end
      } else offset = this.throughBody(packet, offset)
    }
  }

  private headEnd(packet: Buffer, offset: number): number | null {
    if (this.tail.length > 0) {
      const seam = Buffer.concat([this.tail, packet.subarray(0, HEAD_END.length - 1)])
      const at = seam.indexOf(HEAD_END)
      if (at >= 0) return at + HEAD_END.length - this.tail.length
    }
    const found = packet.indexOf(HEAD_END, offset)
    if (found >= 0) return found + HEAD_END.length
    const last = Buffer.concat([this.tail, packet.subarray(offset)].map(lastOf))
    this.tail = lastOf(last)
    return null
  }

  private readFraming(head: Buffer): void {
    this.tail = EMPTY
    const text = head.toString('latin1')
    const length = /\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n/i.exec(text)?.[1]
    if (isChunked(text)) this.beginChunk()
    else if (length !== undefined && Number(length) > 0) {
      this.phase = 'body'
      this.left = Number(length)
    } else this.phase = 'before'
  }

  private beginChunk(): void {
    this.phase = 'chunk size'
    this.digits = ''
  }

  private throughBody(packet: Buffer, offset: number): number {
    if (this.phase === 'lost') return packet.length
    if (this.phase === 'chunk size') return this.throughSize(packet, offset)
    if (this.phase === 'trailers') return this.throughTrailers(packet, offset)
    const end = Math.min(offset + this.left, packet.length)
    this.left -= end - offset
    if (this.left > 0) return end
    if (this.phase === 'chunk') this.beginChunk()
    else this.phase = 'before'
    return end
  }

  private throughSize(packet: Buffer, offset: number): number {
    const lineEnd = packet.indexOf(LF, offset)
    const end = lineEnd < 0 ? packet.length : lineEnd
    this.digits += packet.toString('latin1', offset, Math.min(end, offset + MOST_DIGITS + 1))
    if (lineEnd < 0) return end
    const size = /^0*[\da-f]{1,13}(?![\da-f])/i.exec(this.digits)?.[0]
    if (size === undefined) this.phase = 'lost'
    else if (Number.parseInt(size, 16) === 0) {
      this.phase = 'trailers'
      this.lineLength = 0
    } else {
      this.phase = 'chunk'
      this.left = Number.parseInt(size, 16) + '\r\n'.length
    }
    return lineEnd + 1
  }

  /** Lines up to an empty one. */
  private throughTrailers(packet: Buffer, offset: number): number {
    const lineEnd = packet.indexOf(LF, offset)
    if (lineEnd < 0) {
      this.lineLength += packet.length - offset
      return packet.length
    }
    if (this.lineLength + lineEnd - offset <= 1) this.phase = 'before'
    this.lineLength = 0
    return lineEnd + 1
  }
}

/**
 * Whether Node's parser reads the body of this head as chunked. It takes no other line for that, such
 * as one that ends with a tab; most of those it refuses.
 * @param head as latin1, with the end of its last line
 */
export function isChunked(head: string): boolean {
  return /\r\ntransfer-encoding:(?:[^\r]*[, \t])?chunked *\r\n/i.test(head)
}

/** What of it may be the beginning of the end of a head. */
function lastOf(bytes: Buffer): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - HEAD_END.length + 1))
}
