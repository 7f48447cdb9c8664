import type { KeyObject } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import type { Tolerance } from '#contract/verification.ts'

/** The part of a request that comes before its body. */
export interface RequestHead {
  method: string
  /** The request target as sent, such as `/hooks?action=execute`. */
  target: string
  rawHeaders: readonly RawHeader[]
}

/** A body that can be read more than once, in order. A body in memory is one chunk. */
export interface Body {
  byteLength: number
  chunks(): Iterable<Uint8Array>
}

/** A stored secret, unsealed. */
export interface Secret {
  id: number | null
  name: string
  text: string
}

/** A secret whose key object is made once; the text is kept for shared-token schemes and for signing. */
export interface PreparedSecret extends Secret {
  key: KeyObject
}

export type Algorithm = 'hmac-sha1' | 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512'

/** Where one value stands in a request; `also` are header names that stand in when it is absent. */
export type Place =
  | { header: string; also?: readonly string[] }
  | { field: string }
  | { json: string }
  | { query: string }

/**
 * How one provider signs, as data. Verifying, signing, explaining, recognising and diagnosing all
 * read it; docs/schemes.md describes the fields.
 */
export interface Scheme {
  id: string
  name: string
  documentationUrl: string
  algorithm: Algorithm
  /** How key bytes come out of the secret text. */
  key: 'utf8' | 'base64-after-whsec'
  secretHint: string
  signature: {
    header: string
    also?: readonly string[]
    encoding: 'hex' | 'base64'
    /** A header such as `t=1,v1=ab`: separator of entries and of name and value. */
    list?: string
    pair?: string
    /** The name of the entries that count, such as `v1`. */
    version?: string
    /** A fixed beginning, such as `sha256=`. */
    prefix?: string
    /** Blanks around entries are ignored. */
    trim?: boolean
  }
  timestamp: { place: Place; unit: 's' | 'ms' | 's-or-ms'; mustEqualField?: string } | null
  messageId: Place | null
  eventType: readonly Place[]
  /** The signed text: `{timestamp}`, `{id}`, `{body}` and literals between them. */
  content: string
  tolerance: Tolerance | null
  /** Names of rules written in code, beside the data; see signatures/rules/. */
  rules?: readonly string[]
  quirks: readonly string[]
}

/** Why a delivery cannot be judged on its bytes: it is not all there. */
export interface Incomplete {
  /** One sentence, such as "The sender stopped after 12 kB of 40 kB." */
  sentence: string
}

export interface VerifyContext {
  head: RequestHead
  /** `null`: the endpoint has none and none was recognised. */
  scheme: Scheme | null
  secrets: readonly PreparedSecret[]
  /** There are secrets that cannot be unsealed. */
  lockedSecrets: boolean
  /** The clock, unix milliseconds: always the moment of receipt for stored deliveries. */
  atMs: number
  /** The endpoint's own tolerance; `null`: the scheme's. */
  tolerance: Tolerance | null
  incomplete: Incomplete | null
}
