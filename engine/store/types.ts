import type { CaptureProblem, Duplicate } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Tolerance, Verification } from '#contract/verification.ts'

/** The bytes of a body: in memory, or spooled to `<dataDir>/bodies/<name>` and already durable. */
export type StoredBody =
  { kind: 'memory'; bytes: Uint8Array } | { kind: 'file'; name: string; byteLength: number }

/** A delivery ready to be written; everything here is decided before the transaction. */
export interface NewDelivery {
  receivedAtMs: number
  completedAtMs: number
  endpointId: number | null
  remoteAddress: string
  remotePort: number
  httpVersion: string
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  rawTrailers: readonly RawHeader[]
  body: StoredBody
  /** SHA-256 of the body bytes, hex. */
  bodySha256: string
  problem: CaptureProblem | null
  problemDetail: string | null
  answer: { status: number; rawHeaders: readonly RawHeader[] } | null
  verification: Verification
  /** The endpoint's revision that `verification` was made with; 0 for the catch-all. */
  revision: number
  /** SHA-256 hex of signature and timestamp text as received; `null` when unsigned. */
  signatureDigest: string | null
  /** The replay of ours that this is. Replays are marked and not counted as duplicates. */
  replayId: number | null
}

export interface Committed {
  id: number
  duplicate: Duplicate | null
}

export interface EndpointRow {
  id: number
  name: string
  path: string
  schemeId: string | null
  tolerance: Tolerance | null
  colour: number
  revision: number
  createdAtMs: number
}

/** A secret as it lies in the database. */
export interface SecretRow {
  id: number
  endpointId: number
  name: string
  sealed: Uint8Array
  createdAtMs: number
}

export interface SlotRow {
  id: number
  kind: 'os' | 'passphrase' | 'key-file'
  /** The data key, wrapped by this slot. */
  wrapped: Uint8Array
  /** What the slot needs to unwrap, such as scrypt parameters; JSON. */
  parameters: string
  createdAtMs: number
}
