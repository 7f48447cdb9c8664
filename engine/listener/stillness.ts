/** How long a connection has been still, and how long its head drips, by the clock of the sweep. */
export class Stillness {
  private bytesSeen = 0
  /** `null`: before the first sweep. */
  private movedAtMs: number | null = null
  /** Since when a head is being read, as far as the sweep saw; `null`: none is. */
  private headSinceMs: number | null = null

  /** @param bytes read and written so far @returns milliseconds since these were fewer */
  since(bytes: number, nowMs: number): number {
    if (bytes !== this.bytesSeen) {
      this.bytesSeen = bytes
      this.movedAtMs = nowMs
    }
    this.movedAtMs ??= nowMs
    return nowMs - this.movedAtMs
  }

  /** @param reading a head that is not whole @returns milliseconds since it began */
  inHead(reading: boolean, nowMs: number): number {
    this.headSinceMs = reading ? (this.headSinceMs ?? nowMs) : null
    return nowMs - (this.headSinceMs ?? nowMs)
  }

  headCompleted(): void {
    this.headSinceMs = null
  }
}
