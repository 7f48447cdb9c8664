import type { Duplex, Readable } from 'node:stream'
import type { Answer } from './types.ts'

/** A request and the way back to its sender, whichever version of HTTP carries them. */
export interface Carrier {
  /** The bytes of the body as they come. */
  readonly body: Readable
  /** The request has come whole. */
  readonly isComplete: boolean
  /** Names and values in turn; known at the end of the body. */
  readonly rawTrailers: readonly string[]
  /** The bytes that Content-Length announces; `null` without it. */
  readonly announcedByteLength: number | null
  /** Is destroyed, and closes, when the sender can no longer be told anything. */
  readonly way: Duplex
  /** The sender is gone: what is left of the way goes too. */
  drop(): void
  /** Says nothing until the sender leaves. */
  hang(): void
  /** Breaks it off rudely. */
  reset(): void
  /**
   * Sends an answer; `last`: nothing more is taken on this connection.
   * @throws for what is no valid HTTP; nothing was sent then
   */
  write(answer: Answer, last: boolean): void
  /** Called once, when there is nothing left to do for this request. */
  landed(): void
}
