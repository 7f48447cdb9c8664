import { GatheredBytes } from './gathered-bytes.ts'
import { offsetAfterMessages } from './message-walk.ts'

/** What is kept of a message that is not HTTP: its first 64 KiB. */
export const FIRST_BYTES_LIMIT = 64 * 1024

/**
 * The packets since the last head that the parser completed, so that a refused, cut or stalled head
 * can be recorded with its bytes: the parser itself forgets them. The last packet is held as it is;
 * those before it are put together, since a head that drips comes in thousands.
 */
export class RecentBytes {
  /** Of the packet in which the last body ended or the last head was completed. */
  private first: Buffer | null = null
  private between: GatheredBytes | null = null
  private last: Buffer | null = null
  private kept = 0
  private headsInLast = 0
  private headsInFirst = 0
  private firstEndsBody = false

  /** Called for every packet before the parser sees it; `bodyOpen`: a body is still being read. */
  add(packet: Buffer, bodyOpen: boolean): void {
    if (bodyOpen) {
      this.restart(null, packet)
      this.firstEndsBody = true
    } else if (this.headsInLast > 0) {
      const before = this.headsInLast
      this.restart(this.last, packet)
      this.headsInFirst = before
    } else if (this.kept < 2 * FIRST_BYTES_LIMIT) {
      this.append(packet)
    }
  }

  /** A head was completed by the packet that was added last. */
  headCompleted(): void {
    this.headsInLast += 1
  }

  /** The bytes of the message that begins after everything that the parser completed. */
  unread(): Buffer {
    const heads = this.headsInFirst + this.headsInLast
    if (this.firstEndsBody && this.first === null && heads === 0) return Buffer.alloc(0)
    const skipFirst = this.firstEndsBody && this.first !== null
    const bytes = Buffer.concat([
      ...(this.first !== null && !skipFirst ? [this.first] : []),
      ...(this.between?.pieces() ?? []),
      ...(this.last === null ? [] : [this.last]),
    ])
    const start = heads === 0 ? 0 : offsetAfterMessages(bytes, heads)
    return bytes.subarray(start, start + FIRST_BYTES_LIMIT)
  }

  private append(packet: Buffer): void {
    if (this.last !== null) {
      if (this.first === null && this.firstEndsBody) this.first = this.last
      else (this.between ??= new GatheredBytes()).add(this.last)
    }
    this.last = packet
    this.kept += packet.length
  }

  private restart(first: Buffer | null, last: Buffer): void {
    this.first = first
    this.between = null
    this.last = last
    this.kept = last.length
    this.headsInLast = 0
    this.headsInFirst = 0
    this.firstEndsBody = false
  }
}
