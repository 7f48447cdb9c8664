/**
 * The table that the vectors of `../vectors` are made from: one `Rule` a scheme, written from the
 * providers' documentation. Nothing here may import `engine/`: the vectors are to judge it.
 */

export type Header = [name: string, value: string]

/** A body before signing. In text, `%TIMESTAMP%` and `%SIGNATURE%` stand for what is written in. */
export interface Body {
  /** Begins with `body-` in the vectors: `compact`, `odd`, `empty`, `binary`, `form`, … */
  kind: string
  title: string
  bytes: Uint8Array
  /** `null`: no such header; default `application/json`. */
  contentType?: string | null
}

export interface Request {
  method: string
  url: string
  headers: Header[]
  body: Uint8Array
}

/** What a signature is made over: the request without its signature, and what it says of itself. */
export interface Message extends Request {
  /** As written, in the unit of the scheme; empty when there is none. */
  timestamp: string
  unixMs: number
  /** The value of `rule.id`; empty when there is none. */
  id: string
  /** The secret that signs. */
  secret: string
  settings: Record<string, string>
}

export type Algorithm =
  | 'hmac-sha1'
  | 'hmac-sha256'
  | 'hmac-sha384'
  | 'hmac-sha512'
  | 'sha1'
  | 'sha256'
  | 'sha512'
  | 'ed25519'
  | 'rsa-sha1'
  | 'rsa-sha256'
  | 'rsa-pss-sha256'
  | 'jwt-hs256'
  | 'shared-token'
  | 'basic-auth'

export type Encoding = 'hex' | 'upper-hex' | 'base64' | 'base64url'

export interface Rule {
  scheme: string
  provider: string
  secretForm: string
  algorithm: Algorithm
  /** The key of an HMAC; default: the text of the secret. */
  key?: (secret: string) => Uint8Array
  /** What is judged with, and one that must fail: secrets, or public keys as they are pasted. */
  secret: string
  otherSecret: string
  /** For public keys: the private test key (PKCS#8, DER, base64) of every `secret` used. */
  signingKeys?: Record<string, string>
  settings?: Record<string, string>
  /** Default `POST`. */
  method?: string
  /** Default `https://hooks.example.test/in/SCHEME`. */
  url?: string
  /** Beside Host, User-Agent and Content-Type. */
  headers?: Header[]
  /** Headers that depend on the rest of the message. */
  headersOf?: (message: Message) => Header[]
  /** Names of headers that a signer writes, beside the signature's and the timestamp's. */
  writesHeaders?: string[]
  /** Default: `jsonBodies` of bodies.ts. The first is used for all that is not about bodies. */
  bodies?: Body[]
  /** What is signed, joined with nothing between. Not asked for credentials and JWT. */
  content?: (message: Message) => (string | Uint8Array)[]
  /** The claims of a JWT. */
  claims?: (message: Message) => Record<string, unknown>
  /** Default `hex`; not asked for credentials and JWT. */
  encoding?: Encoding
  /** Where the signature stands. In a body it is written over `%SIGNATURE%`. */
  place: { header: string } | { json: string } | { form: string }
  /** A fixed beginning of the signature, such as `sha256=`. */
  prefix?: string
  /** What stands in the place; default the signatures, which hold the prefix, joined with `, `. */
  write?: (signatures: string[], message: Message) => string
  /** The place may hold several signatures: vectors of rotation are made. */
  several?: boolean
  timestamp?: {
    /** Its own header; absent when it stands in the signature's place, the body or a claim. */
    header?: string
    text: (unixMs: number) => string
    /** It stands in the body, as `%TIMESTAMP%`. */
    inBody?: boolean
    /** It is not part of what is signed, so that no vector changes it. */
    unsigned?: boolean
  }
  /** A message id in a header that is part of what is signed. */
  id?: { header: string; value: string }
  /** Further headers that are part of what is signed: a signer must keep them. */
  keepsHeaders?: string[]
  /** Seconds; `null`: no clock is checked; `future: null`: the future is not checked. */
  tolerance: { past: number; future: number | null } | null
  /** A change of the body that must be refused; default `4200` becomes `4201`. */
  tamper?: (body: Uint8Array) => Uint8Array
  /** The body is not covered, so that a changed one passes (credentials). */
  bodyNotCovered?: boolean
  notes?: string[]
  extra?: Case[]
}

/** One vector before it is made. Offsets are seconds from the moment of judging. */
export interface Case {
  kind: string
  title: string
  expected: 'accept' | 'reject'
  /** Where a strict reading of the rule and a lenient one may differ. */
  ruleVerdict?: 'accept' | 'reject'
  note?: string
  body?: Body
  /** The moment of signing; default 0. */
  signedAt?: number
  /** The moment that the request says, where it is not the one that was signed. */
  shownAt?: number
  /** The secrets that sign, one signature each; default the rule's. */
  signWith?: string[]
  /** The secret to judge with; default the rule's. */
  judgeWith?: string
  settings?: Record<string, string>
  /** Another algorithm, key form or signed text than the rule's. */
  algorithm?: Algorithm
  key?: (secret: string) => Uint8Array
  content?: (message: Message) => (string | Uint8Array)[]
  encoding?: Encoding
  prefix?: string
  /** Changes the encoded signature, before the prefix. */
  mangle?: (signature: string) => string
  /** Changes what stands in the place. */
  value?: (value: string) => string
  /** Changes the message before it is signed. */
  before?: (message: Message) => Message
  /** Changes the signed request. */
  after?: (request: Request) => Request
}
