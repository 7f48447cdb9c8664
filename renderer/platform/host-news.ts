type Listener<Value> = (value: Value) => void

/** Something that the host asks the page for; what comes before anybody listens waits. */
export class HostNews<Value> {
  readonly #listeners = new Set<Listener<Value>>()
  #waiting: Value[] = []

  tell(value: Value): void {
    if (this.#listeners.size === 0) this.#waiting = [value]
    for (const listener of this.#listeners) listener(value)
  }

  /** Returns how to stop listening. */
  readonly listen = (listener: Listener<Value>): (() => void) => {
    this.#listeners.add(listener)
    for (const value of this.#waiting.splice(0)) listener(value)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

/** A delivery that is to be opened: from a link, a notification or the tray. */
export const deliveryNews = new HostNews<number>()
/** A command that was chosen in the host's menu. */
export const commandNews = new HostNews<string>()

/** Hears what the desktop's preload passes on. */
export function followHost(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || event.origin !== location.origin) return
    const data = event.data
    if (typeof data !== 'object' || data === null || !('type' in data)) return
    if (data.type === 'countersign:open-delivery' && 'deliveryId' in data) {
      if (Number.isSafeInteger(data.deliveryId)) deliveryNews.tell(Number(data.deliveryId))
    } else if (data.type === 'countersign:command' && 'id' in data) {
      if (typeof data.id === 'string') commandNews.tell(data.id)
    }
  })
}
