import type { Duplex } from 'node:stream'
import type { BodyMemory } from './body-memory.ts'
import type { FloodBudget } from './flood-budget.ts'
import type { Load } from './load.ts'
import type { Peer } from './request-head.ts'
import type { Strangers } from './strangers.ts'
import type { Bridge } from './unknown-method.ts'
import type { DeliverySink } from './types.ts'

/** What went wrong on our side, for the app's status line. */
export interface ListenerProblem {
  code:
    | 'body-not-stored'
    | 'answer-unusable'
    | 'listener-stopped'
    | 'connection-refused'
    | 'tls-handshake-failed'
    | 'sender-cut-off'
    | 'path-token-missing'
  sentence: string
}

/** What every connection of one listener shares. */
export interface CaptureContext {
  readonly sink: DeliverySink
  readonly bodiesDir: string
  readonly bodyLimitBytes: () => number
  readonly memoryLimitBytes: number
  readonly bodyMemory: BodyMemory
  readonly load: Load
  /** How often something is told that a flood would tell without end. */
  readonly tellings: FloodBudget
  readonly idleTimeoutMs: number
  /** A whole head within this. */
  readonly headTimeoutMs: number
  /** The port speaks TLS, and this connection began without it. */
  readonly plainOnTls: boolean
  readonly onProblem: (problem: ListenerProblem) => void
  /** Must stand in front of every path; `null`: none. */
  readonly pathToken: () => string | null
  readonly strangers: Strangers
  readonly flight: Flight
  /** Gives the server the rest of a connection again, as a new one of the same peer. */
  readonly reconnect: (bridge: Bridge, peer: Peer, method: string) => void
}

/** Requests that were begun and not yet answered; closing waits for them. */
export class Flight {
  private ending = false
  private readonly held = new Set<() => void>()
  private count = 0
  private landed: (() => void) | null = null

  /** From now on each connection ends with its next answer. */
  get closing(): boolean {
    return this.ending
  }

  retire(): void {
    this.ending = true
  }

  /** As `retire`; answers that are held back go out now. */
  close(): void {
    this.ending = true
    for (const release of this.held) release()
  }

  /** Calls back once: after so long, or when the connection is gone, or when everything closes. */
  hold(ms: number, socket: Duplex, release: () => void): void {
    const once = () => {
      clearTimeout(timer)
      socket.removeListener('close', once)
      if (this.held.delete(once)) release()
    }
    const timer = setTimeout(once, ms)
    this.held.add(once)
    socket.once('close', once)
  }

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
