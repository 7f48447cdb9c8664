import type { Peer } from './request-head.ts'
import type { Bridge } from './unknown-method.ts'
import type { DeliverySink } from './types.ts'

/** What went wrong on our side, for the app's status line. */
export interface ListenerProblem {
  code: 'body-not-stored' | 'answer-unusable' | 'listener-stopped'
  sentence: string
}

/** What every connection of one listener shares. */
export interface CaptureContext {
  readonly sink: DeliverySink
  readonly bodiesDir: string
  readonly bodyLimitBytes: () => number
  readonly memoryLimitBytes: number
  readonly idleTimeoutMs: number
  /** A whole head within this. */
  readonly headTimeoutMs: number
  /** The port speaks TLS, and this connection began without it. */
  readonly plainOnTls: boolean
  readonly onProblem: (problem: ListenerProblem) => void
  readonly flight: Flight
  /** Gives the server the rest of a connection again, as a new one of the same peer. */
  readonly reconnect: (bridge: Bridge, peer: Peer, method: string) => void
}

/** Requests that were begun and not yet answered; closing waits for them. */
export class Flight {
  closing = false
  private count = 0
  private landed: (() => void) | null = null

  begin(): void {
    this.count += 1
  }

  end(): void {
    this.count -= 1
    if (this.count === 0) this.landed?.()
  }

  /** Resolves when nothing is in flight any more. */
  allLanded(): Promise<void> {
    if (this.count === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.landed = resolve
    })
  }
}
