/** Runs one piece of work at a time, as often as it is asked for but with a pause in between. */
export class Pacer {
  #running = false
  #again = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #readyAt = 0
  readonly #pauseMs: number
  readonly #work: () => Promise<void>
  readonly #failed: (error: unknown) => void

  constructor(pauseMs: number, work: () => Promise<void>, failed: (error: unknown) => void) {
    this.#pauseMs = pauseMs
    this.#work = work
    this.#failed = failed
  }

  /** Asks for the work to be done from now on, in `afterMs` at the earliest. */
  ask(afterMs = 0): void {
    if (this.#running) {
      this.#again = true
      return
    }
    if (this.#timer !== null) return
    const waitMs = Math.max(afterMs, this.#readyAt - performance.now())
    if (waitMs <= 0) this.#run()
    else this.#timer = setTimeout(() => this.#run(), waitMs)
  }

  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#again = false
  }

  #run(): void {
    this.#timer = null
    this.#running = true
    this.#again = false
    this.#work()
      .catch((error: unknown) => {
        this.#again = false
        this.#failed(error)
      })
      .finally(() => {
        this.#running = false
        this.#readyAt = performance.now() + this.#pauseMs
        if (this.#again) this.ask()
      })
  }
}
