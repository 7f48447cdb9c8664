import type { OsKeyStorage } from '#engine/options.ts'
import type { KeyRequest } from './engine-messages.ts'

/** The engine's side of the OS key storage: asks main, which alone can reach it. */
export class RemoteKeyStorage implements OsKeyStorage {
  readonly #send: (request: KeyRequest) => void
  readonly #waiting = new Map<number, (bytes: Uint8Array | null) => void>()
  #lastId = 0

  constructor(send: (request: KeyRequest) => void) {
    this.#send = send
  }

  wrap(dataKey: Uint8Array): Promise<Uint8Array | null> {
    return this.#ask('wrap', dataKey)
  }

  unwrap(wrapped: Uint8Array): Promise<Uint8Array | null> {
    return this.#ask('unwrap', wrapped)
  }

  /** Main's answer to the request `id`; an id that nobody waits for is ignored. */
  answer(id: number, bytes: Uint8Array | null): void {
    const resolve = this.#waiting.get(id)
    this.#waiting.delete(id)
    resolve?.(bytes)
  }

  /** Without a time limit: the OS may be asking the person for a password. */
  #ask(action: KeyRequest['action'], bytes: Uint8Array): Promise<Uint8Array | null> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#send({ type: 'key-request', id, action, bytes })
    })
  }
}
