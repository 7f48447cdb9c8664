import type { KeyForm } from '#contract/scheme.ts'

/** Where a text that the check needs stands. Header names as the provider spells them. */
export type Source =
  | { kind: 'header'; names: readonly string[] }
  /** A named entry of the signature header; of several the first or the last counts. */
  | { kind: 'field'; name: string; last: boolean }
  | { kind: 'json'; path: readonly (string | number)[]; type: 'string' | 'number' | null }
  | { kind: 'query'; name: string }
  | { kind: 'form'; name: string; path: readonly (string | number)[] | null }
  | { kind: 'method' | 'url' | 'path' }
  /** An environment variable of the receiver. */
  | { kind: 'setting'; variable: string }
  | { kind: 'joined'; parts: readonly Source[]; joint: string }

/** One text, read into a variable of this name; the request is refused with 400 without it. */
export interface Read {
  /** In camelCase. */
  name: string
  source: Source
  /** What it is called in the refusal, such as `the Webhook-Id header`. */
  label: string
  /** Absent counts as empty: nothing is refused. */
  optional: boolean
}

export type BodyAs = 'raw' | 'compact-json' | 'sha256-hex' | 'crc32' | 'json-string'

/** A stretch of the signed content, in order. */
export type Part =
  | { kind: 'literal'; text: string }
  | { kind: 'variable'; name: string }
  | { kind: 'body'; as: BodyAs }
  | { kind: 'secret' }

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512'
export type Encoding = 'hex' | 'upper-hex' | 'base64' | 'base64url' | 'text'

/** How a received signature is taken out of the text where it stands. */
export interface Split {
  list: string
  pair: string | null
  version: string | null
  bare: boolean
  /** Names of the first entries, in a list without `pair`. */
  positions: readonly string[]
  trim: boolean
}

/** The text of which the key is made; the secret itself is `{ kind: 'secret' }`. */
export type KeyText = readonly Extract<Part, { kind: 'literal' | 'variable' | 'secret' }>[]

/** What proves the sender. */
export type Proof =
  | { kind: 'hmac'; digest: Digest; keys: readonly KeyForm[]; keyText: KeyText | null }
  | { kind: 'digest'; digest: Digest }
  | { kind: 'token' }
  | { kind: 'basic' }
  | { kind: 'ed25519' }
  | { kind: 'ecdsa'; signature: 'der' | 'p1363' }
  | { kind: 'rsa'; digest: 'sha1' | 'sha256'; pss: boolean }

/** How old a signature may be. */
export interface Age {
  unit: 's' | 'ms' | 's-or-ms' | 'iso8601' | 'iso8601-no-zone' | 'http-date' | 'any'
  /** The age counts from the whole second of receipt. */
  wholeSeconds: boolean
  pastSeconds: number | null
  futureSeconds: number | null
}

/** A value that must equal a digest of the body. */
export interface BodyHash {
  /** The variable that holds what the request says. */
  name: string
  digest: 'sha256' | 'sha512'
  encoding: 'hex' | 'base64'
  prefix: string
  suffix: string
}

export interface Token {
  /** The `alg` of RFC 7518, section 3.1. */
  alg: string
  issuer: { text: string } | { variable: string } | null
  subjectIsUrl: boolean
  body: { claim: string; encoding: 'hex' | 'base64' | 'base64url' } | null
  urlHashClaim: string | null
  times: 'exp-nbf' | 'iat'
  pastSeconds: number | null
  futureSeconds: number | null
}

/** What a receiver has to do, in no language yet. Printers turn it into code. */
export interface Plan {
  id: string
  name: string
  documentationUrl: string
  /** Such as `HMAC-SHA256`. */
  algorithm: string
  secretHint: string
  /** The environment variable with the secrets. */
  secretsVariable: string
  /** What stands between two secrets there. */
  separator: ',' | ';'
  /** Labels of second keys that belong in the same variable. */
  alsoKeys: readonly string[]
  settings: readonly { name: string; variable: string; label: string }[]
  requiredHeaders: readonly { name: string; value: string }[]
  signature: {
    source: Source
    label: string
    /** Further headers with signatures of the same kind. */
    further: readonly string[]
    split: Split | null
    /** The header may occur more than once. */
    repeatable: boolean
    encoding: Encoding
    prefix: string
  }
  reads: readonly Read[]
  age: Age | null
  content: readonly Part[]
  proof: Proof
  bodyHash: BodyHash | null
  token: Token | null
  /** `special:NAME` without the prefix, for languages that have it. */
  procedure: string | null
  uses: Uses
}

/** What of a request the check looks at beside headers and body. */
export interface Uses {
  method: boolean
  url: boolean
  query: boolean
  json: boolean
  form: boolean
  fields: boolean
  compactJson: boolean
}
