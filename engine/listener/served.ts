import type { Duplex } from 'node:stream'

/** A sender's connection, whichever version of HTTP it speaks. */
export interface Served {
  /** A request is being read, or its answer is not yet on its way. */
  readonly isBusy: boolean
  /** When something came from it last, by a clock that nobody sets; absent: not told. */
  readonly heardAtMs?: number
  /** Makes room for others, where it waits for its sender: false, it does not. */
  giveWay?(): boolean
  /** Called now and then with a clock that stands still while this process does. */
  sweep(nowMs: number): void
  /** Closes an idle connection, after what is still to be sent. */
  end(): void
  /** Closes the connection whatever it does; resolves when it is closed. */
  destroy(): Promise<void>
  /** Resolves when the connection has ended. */
  whenClosed(): Promise<void>
}

/** Resolves when a connection has closed. */
export function closeOf(socket: Duplex): Promise<void> {
  if (socket.closed) return Promise.resolve()
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
  })
}
