import { GatheredBytes } from './gathered-bytes.ts'
import { MessageWalk } from './message-walk.ts'

/** What is kept of a message that is not HTTP: its first 64 KiB. */
export const FIRST_BYTES_LIMIT = 64 * 1024

/**
 * The bytes of the heads that the parser has not completed, so that a refused, cut or stalled head
 * can be recorded with them: the parser itself forgets them. The last packet is held as it is; those
 * before it are put together, since a head that drips comes in thousands.
 */
export class RecentBytes {
  private readonly walk = new MessageWalk()
  /** From where the first of these heads begins up to the last packet. */
  private earlier: GatheredBytes | null = null
  private last: Buffer = Buffer.alloc(0)
  /** Where the last packet begins in the stream. */
  private lastAt = 0

  /** Called for every packet before the parser sees it. */
  add(packet: Buffer): void {
    const start = this.walk.firstStart
    if (start === null) this.earlier = null
    else this.keep(start)
    this.lastAt += this.last.length
    this.last = packet
    this.walk.take(packet, this.lastAt, () => this.earlier?.pieces() ?? [])
  }

  /** The parser has read a head to its end. */
  headCompleted(): void {
    this.walk.headTaken()
  }

  /** Whether a message begins after everything that the parser completed. */
  get hasUnread(): boolean {
    return this.walk.firstStart !== null
  }

  /** The bytes of the message that begins after everything that the parser completed. */
  unread(): Buffer {
    const start = this.walk.firstStart
    if (start === null) return this.last.subarray(0, 0)
    if (start >= this.lastAt) return first(this.last.subarray(start - this.lastAt))
    return first(Buffer.concat([...(this.earlier?.pieces() ?? []), this.last]))
  }

  private keep(start: number): void {
    if (start >= this.lastAt) {
      this.earlier = new GatheredBytes()
      this.earlier.add(this.last.subarray(start - this.lastAt))
    } else if (this.earlier !== null && this.earlier.byteLength < 2 * FIRST_BYTES_LIMIT) {
      this.earlier.add(this.last)
    }
  }
}

function first(bytes: Buffer): Buffer {
  return bytes.subarray(0, FIRST_BYTES_LIMIT)
}
