import type { ParsedRequest } from '#engine/interchange/parsed-request.ts'

/** One request found in a file. */
export interface ImportedRequest {
  request: ParsedRequest
  /** When it was received, unix milliseconds, as far as the file knows; else `null`. */
  receivedAtMs: number | null
  /** What was assumed, left out or looks odd, in words. */
  notices: string[]
}

/** A request, or one sentence about one that could not be read; reading goes on behind it. */
export type Imported = ImportedRequest | { problem: string }

/**
 * Reads the requests of a file that comes in pieces. At most one request is in memory. Never throws
 * on what it reads.
 */
export interface RequestReader {
  /** Takes the next piece and gives the requests that it completes. */
  push(piece: Uint8Array): Iterable<Imported>
  /** The file is at its end. */
  end(): Iterable<Imported>
}
