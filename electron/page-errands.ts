/** What is looked at of a BrowserWindow. */
interface PageWindow {
  isDestroyed(): boolean
  readonly webContents: { send(channel: string, message: object): void }
}

/** Messages for a page that may not listen yet; of each kind the last one waits for it. */
export class PageErrands {
  readonly #window: () => PageWindow | null
  readonly #waiting = new Map<string, object>()
  #ready = false

  constructor(window: () => PageWindow | null) {
    this.#window = window
  }

  /** A page is being loaded: it hears nothing until it says so. */
  pageLoads(): void {
    this.#ready = false
  }

  pageReady(): void {
    this.#ready = true
    for (const [channel, message] of this.#waiting) this.#pass(channel, message)
    this.#waiting.clear()
  }

  send(channel: string, message: object): void {
    if (this.#ready && this.#pass(channel, message)) return
    this.#waiting.set(channel, message)
  }

  #pass(channel: string, message: object): boolean {
    const window = this.#window()
    if (window === null || window.isDestroyed()) return false
    window.webContents.send(channel, message)
    return true
  }
}
