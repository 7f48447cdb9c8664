import { offsetAfterMessages } from './message-walk.ts'

/** What is kept of a message that is not HTTP: its first 64 KiB. */
export const FIRST_BYTES_LIMIT = 64 * 1024

/**
 * The packets since the last head that the parser completed, so that a refused, cut or stalled head
 * can be recorded with its bytes: the parser itself forgets them. One push per packet; no copies
 * until something fails.
 */
export class RecentBytes {
  private packets: Buffer[] = []
  private kept = 0
  private headsInLast = 0
  private headsInFirst = 0
  private firstEndsBody = false

  /** Called for every packet before the parser sees it; `bodyOpen`: a body is still being read. */
  add(packet: Buffer, bodyOpen: boolean): void {
    if (bodyOpen) {
      this.restart([packet], packet.length)
      this.firstEndsBody = true
    } else if (this.headsInLast > 0) {
      const last = this.packets.at(-1)
      const before = this.headsInLast
      this.restart(last ? [last, packet] : [packet], packet.length)
      this.headsInFirst = before
    } else if (this.kept < 2 * FIRST_BYTES_LIMIT) {
      this.packets.push(packet)
      this.kept += packet.length
    }
  }

  /** A head was completed by the packet that was added last. */
  headCompleted(): void {
    this.headsInLast += 1
  }

  /** The bytes of the message that begins after everything that the parser completed. */
  unread(): Buffer {
    const heads = this.headsInFirst + this.headsInLast
    const skipFirst = this.firstEndsBody && this.packets.length > 1
    const bytes = Buffer.concat(skipFirst ? this.packets.slice(1) : this.packets)
    if (this.firstEndsBody && !skipFirst && heads === 0) return bytes.subarray(0, 0)
    const start = heads === 0 ? 0 : offsetAfterMessages(bytes, heads)
    return bytes.subarray(start, start + FIRST_BYTES_LIMIT)
  }

  private restart(packets: Buffer[], kept: number): void {
    this.packets = packets
    this.kept = kept
    this.headsInLast = 0
    this.headsInFirst = 0
    this.firstEndsBody = false
  }
}
