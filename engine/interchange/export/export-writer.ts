import type { ExportedDelivery } from './exported-delivery.ts'
import type { Warnings } from './warnings.ts'

/**
 * Writes deliveries in one format, in pieces: first what `begin` yields, then `delivery` for each
 * one in turn, then `end`. Pieces are small (at most some 100 KiB) and must be taken in order before
 * the next call; nothing but the piece at hand is in memory, except where a format has to hold the
 * whole of one body to quote it, which its docstring says.
 */
export interface ExportWriter {
  begin(): Iterable<Uint8Array>
  delivery(exported: ExportedDelivery): Iterable<Uint8Array>
  end(): Iterable<Uint8Array>
  /** What could not be carried over, so far. */
  readonly warnings: Warnings
  /** How a file of this format is called, without a dot: `har`, `tar`, `sh`. */
  readonly fileExtension: string
}

export interface ExportOptions {
  /** Where the requests of commands, code and collections go; `null`: to `captureUrl`. */
  url: string | null
  /** Our own capture URL, such as `http://127.0.0.1:4100`. */
  captureUrl: string
  /** Of `code`: an id of `codeTargets()`. */
  target: string | null
  /** Of the program, such as `0.5.0`; formats name their creator. */
  version: string
}
