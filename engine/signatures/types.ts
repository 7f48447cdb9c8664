import type { KeyObject } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import type { KeyForm, Scheme } from '#contract/scheme.ts'
import type { CameThrough } from '#contract/tunnel.ts'
import type { Tolerance } from '#contract/verification.ts'

/** The part of a request that comes before its body. */
export interface RequestHead {
  method: string
  /** The request target as sent, such as `/hooks?action=execute`. */
  target: string
  rawHeaders: readonly RawHeader[]
  /** How it came here; absent or `null`: nothing but its headers tells. */
  cameThrough?: CameThrough | null | undefined
  /** Whoever it came from; absent: nobody, it was pasted or is being made. */
  remoteAddress?: string
  /** It goes, or came, over TLS; an HTTP/1 request says so nowhere. */
  secure?: boolean
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

/** Values that a scheme needs beside the secret, by the names of its `settings`. */
export type Settings = Readonly<Record<string, string>>

/** A secret whose key object is made once; the text is kept for tokens and for signing. */
export interface PreparedSecret extends Secret {
  /** The HMAC key, or the public key of an asymmetric scheme. */
  key: KeyObject
  /** The text with the scheme's `keyText` filled in: what stands for `{secret}`. */
  keyText: string
  form: KeyForm
  /** Only of a test key pair: what a receiver of an asymmetric scheme never has. */
  privateKey: KeyObject | null
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
  settings?: Settings
  /** Schemes that people here described, which a request may betray too. */
  ownSchemes?: readonly Scheme[]
  /** The clock, unix milliseconds: always the moment of receipt for stored deliveries. */
  atMs: number
  /** The endpoint's own tolerance; `null`: the scheme's. */
  tolerance: Tolerance | null
  incomplete: Incomplete | null
}
