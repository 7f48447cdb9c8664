import type { ApiClient } from '#contract/client.ts'
import type { Status } from '#contract/status.ts'
import { connectControlSocket, type ControlConnection } from '#engine/rpc/control-client.ts'

/** None for so long: nobody is sending. */
const QUIET_MS = 60_000

export interface EngineLinkOptions {
  dataDir: string
  /** The listener, or something else of the status, changed; `null`: the engine is gone. */
  onStatus: (status: Status | null) => void
  log: (sentence: string) => void
  nowMs?: () => number
}

/**
 * What the shell itself asks of the engine, as any other program of this person: how the listener
 * is, to pause it, diagnostics, and to import a file that was opened. Deliveries never come here.
 */
export class EngineLink {
  readonly #options: EngineLinkOptions
  readonly #nowMs: () => number
  #control: ControlConnection | null = null
  #connecting = false
  /** An engine said that it runs while the link to the one before was not given up yet. */
  #again = false
  #status: Status | null = null
  #lastArrivalMs: number | null = null

  constructor(options: EngineLinkOptions) {
    this.#options = options
    this.#nowMs = options.nowMs ?? (() => performance.now())
  }

  /** `null`: there is no engine, or it was not reached yet. */
  get client(): ApiClient | null {
    return this.#control?.client ?? null
  }

  get status(): Status | null {
    return this.#status
  }

  /** Whether a restart would be in nobody's way. */
  isQuiet(): boolean {
    const arrived = this.#lastArrivalMs
    if (arrived !== null && this.#nowMs() - arrived < QUIET_MS) return false
    const status = this.#status
    return status === null || [status.transfers, status.batches, status.jobs].every(isEmpty)
  }

  /** The engine says that it runs; resolves when the link to it has ended. */
  async connect(): Promise<void> {
    this.#again = true
    if (this.#connecting) return
    this.#connecting = true
    while (this.#again) {
      this.#again = false
      await this.#linkOnce()
    }
    this.#connecting = false
  }

  async #linkOnce(): Promise<void> {
    try {
      this.#control = await connectControlSocket(this.#options.dataDir)
      if (this.#control !== null) await this.#follow(this.#control.client)
    } catch (error) {
      // That it ended is said by the engine's own state; anything else belongs in the log.
      this.#options.log(error instanceof Error ? error.message : String(error))
    } finally {
      this.#control?.close()
      this.#control = null
      this.#tell(null)
    }
  }

  close(): void {
    this.#control?.close()
  }

  async #follow(client: ApiClient): Promise<void> {
    const changes = await client.status.changes()
    this.#tell(await client.status.get())
    for await (const { arrived, status, settings, runs } of changes) {
      if (arrived > 0) this.#lastArrivalMs = this.#nowMs()
      if (status || settings || runs) this.#tell(await client.status.get())
    }
  }

  #tell(status: Status | null): void {
    this.#status = status
    this.#options.onStatus(status)
  }
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0
}
