import type { RawHeader } from '#contract/http.ts'

/** A request read from text or bytes that a person handed over. */
export interface ParsedRequest {
  method: string
  /** The request target as it stood, such as `/hooks?action=execute`. */
  target: string
  /** `1.1`, `1.0`, `2` … */
  httpVersion: string
  /** Latin-1 strings: one code unit is one byte. */
  rawHeaders: RawHeader[]
  /** The trailer fields of a chunked body. */
  rawTrailers: RawHeader[]
  body: Uint8Array
}

/** `notices` say in words whatever was assumed, left out or looks odd; nothing is done silently. */
export interface Parsed {
  request: ParsedRequest
  notices: string[]
}

/** One sentence that names the line or option at fault. */
export interface ParseProblem {
  problem: string
}
