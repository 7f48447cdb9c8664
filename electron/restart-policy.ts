const WINDOW_MS = 60_000
const DELAYS_MS = [250, 1000, 4000] as const

/** Decides whether what crashed is started again: at most three times a minute. */
export class RestartPolicy {
  #crashesAtMs: number[] = []

  /**
   * Notes a crash at `nowMs` (any monotonic clock, milliseconds).
   *
   * @returns milliseconds to wait before the restart; `null`: leave it
   */
  crashed(nowMs: number): number | null {
    this.#crashesAtMs = this.#crashesAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS)
    const delayMs = DELAYS_MS[this.#crashesAtMs.length] ?? null
    this.#crashesAtMs.push(nowMs)
    return delayMs
  }

  /** A person asked for another try. */
  reset(): void {
    this.#crashesAtMs = []
  }
}
