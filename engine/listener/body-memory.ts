/** All bodies that are being read hold so much memory together; what is more goes to files. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * What the bodies of all connections hold in memory. Each alone may hold a megabyte: a thousand
 * senders that stop a byte before it would hold a gigabyte.
 */
export class BodyMemory {
  private readonly mostBytes: number
  private held = 0

  constructor(mostBytes = MOST_BYTES) {
    this.mostBytes = mostBytes
  }

  /** `false`: there is no room for so many more. */
  take(bytes: number): boolean {
    if (this.held + bytes > this.mostBytes) return false
    this.held += bytes
    return true
  }

  give(bytes: number): void {
    this.held -= bytes
  }
}
