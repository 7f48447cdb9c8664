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
  /** A named entry of the signature header, such as `t`. */
  | { field: string }
  | { json: string }
  | { query: string }

/** Where received signatures stand and how they are written. Header names as the provider spells them. */
export interface SignatureForm {
  header: string
  also?: readonly string[]
  encoding: 'hex' | 'base64'
  /** A header such as `t=1,v1=ab`: separator of entries and of name and value. */
  list?: string
  pair?: string
  /** The name of the entries that count, such as `v1`. */
  version?: string
  /** An entry that repeats a timestamp whose own place is elsewhere (NotifyKit's `t`). */
  timestampField?: string
  /** Which of several entries of the same name counts, for all but signatures; default `first`. */
  repeatedField?: 'first' | 'last'
  /** A fixed beginning, such as `sha256=`. */
  prefix?: string
  /** Blanks around entries are ignored. */
  trim?: boolean
}

export interface TimestampForm {
  place: Place
  /** `s-or-ms`: told apart by magnitude, see timestamp.ts; signed in milliseconds. */
  unit: 's' | 'ms' | 's-or-ms'
  /** Whether the age counts from the whole second of receipt (default) or to the millisecond. */
  age?: 'whole-seconds' | 'exact'
}

/** What the provider's own package does otherwise than its documented rule; makes notices only. */
export interface SdkBehaviour {
  /** Its package name, as notices call it. */
  name: string
  /** How it reads a timestamp that is not a plain whole number. */
  timestampParsing?: 'parseInt' | 'Number'
  /** It reads the timestamp in this unit, whatever the documentation says. */
  timestampUnit?: 'ms'
  /** It allows only so much future. */
  futureSeconds?: number
  refusesEmptyBody?: boolean
  refusesNonJson?: boolean
  /** It turns the body into text before checking, so bytes that are not UTF-8 are lost. */
  decodesBody?: boolean
  /** It drops a byte-order mark at the start of the body. */
  dropsByteOrderMark?: boolean
  /** Of several signatures it tries only this one. */
  tries?: 'first' | 'last'
  /** It decodes hex before comparing, so upper case and trailing text pass. */
  decodesHex?: boolean
  /** It wants `signature.timestampField` to be the same text as the timestamp. */
  wantsEqualTimestamps?: boolean
}

/** An unsigned request that the scheme defines as a handshake. */
export interface Challenge {
  method: string
  query: string
  /** Values of the query parameter that make it one; `null` stands for an absent parameter. */
  values: readonly (string | null)[]
  sentence: string
}

/** Headers that betray the scheme. */
export interface Recognition {
  /** All of these must be there. */
  headers: readonly string[]
  confidence: 'certain' | 'likely'
  /** Makes a likely guess certain. */
  certainWith?: string
}

/** An unsigned request like the provider's, of our own making, for "Send a test webhook". */
export interface Sample {
  method: string
  /** Appended to the endpoint's path, such as `?action=execute`; empty for most. */
  targetSuffix: string
  headers: readonly RawHeader[]
  body: unknown
}

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
  /** How a right secret begins, where the provider gives it a fixed beginning. */
  secretPrefix?: string
  signature: SignatureForm
  timestamp: TimestampForm | null
  messageId: Place | null
  /** What begins an id that we make; `uuid` makes a UUID. Only where the id stands in a header. */
  newMessageId?: { prefix: string } | 'uuid'
  eventType: readonly Place[]
  /** The signed text: `{timestamp}`, `{id}`, `{body}` and literals between them. */
  content: string
  /** What stands for `{body}`: the raw bytes (default), or JSON.stringify of the parsed body. */
  signedBody?: 'raw' | 'compact-json'
  tolerance: Tolerance | null
  challenge?: Challenge
  recognition: Recognition
  sdk?: SdkBehaviour
  sample: Sample
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
  /** Secrets that the scheme cannot make a key of, and why. */
  unusableSecrets?: readonly { name: string; problem: string }[]
  /** The clock, unix milliseconds: always the moment of receipt for stored deliveries. */
  atMs: number
  /** The endpoint's own tolerance; `null`: the scheme's. */
  tolerance: Tolerance | null
  incomplete: Incomplete | null
}
