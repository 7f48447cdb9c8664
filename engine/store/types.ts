import type { ClientCertificate } from '#contract/listener-tls.ts'
import type { AnsweredBy, AnswerFault, Answering } from '#contract/answering.ts'
import type { CaptureProblem, Delivery, Duplicate } from '#contract/delivery.ts'
import type { Forwarding } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Replay } from '#contract/replay.ts'
import type { CameThrough } from '#contract/tunnel.ts'
import type { Verdict } from '#contract/verdict.ts'
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
  /** What the sender presented in the TLS handshake; absent: nothing. */
  clientCertificate?: ClientCertificate
  /** How it came here; absent or `null`: nothing but its headers tells. */
  cameThrough?: CameThrough | null
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  rawTrailers: readonly RawHeader[]
  body: StoredBody
  /** SHA-256 of the body bytes, hex. */
  bodySha256: string
  problem: CaptureProblem | null
  problemDetail: string | null
  answer: PlannedAnswer | null
  /** The scheme's handshake that this is; the note says why it is not answered as it wants. */
  challenge?: { name: string; note: string | null } | null
  verification: Verification
  /** Of an imported one what was told of its receipt elsewhere; absent: `verification` is it. */
  verificationAtReceipt?: Verification
  /** The endpoint's revision that `verification` was made with; 0 for the catch-all. */
  revision: number
  /** SHA-256 hex of signature and timestamp text as received; `null` when unsigned. */
  signatureDigest: string | null
  /** Whether the scheme has message ids at all; only without them equal bodies count as a sign. */
  schemeHasMessageId: boolean
  /** The replay of ours that this is. Replays are marked and not counted as duplicates. */
  replayId: number | null
  /** Where it is sent on to; stored with it. Absent: nowhere. */
  forwards?: readonly NewForward[]
}

/** A delivery that is to go to one target, or one sentence that says why it does not. */
export interface NewForward {
  url: string
  /** `sending`: at once, while its sender waits. */
  state: 'waiting' | 'sending' | 'dropped'
  /** Unix milliseconds; `null` unless it waits. */
  nextAtMs: number | null
  detail: string | null
}

/** What the sender is to hear, decided before the delivery is stored. */
export interface PlannedAnswer {
  status: number
  rawHeaders: readonly RawHeader[]
  body?: Uint8Array
  by: AnsweredBy
  /** It hangs or is reset instead; the status is what was meant. */
  fault?: AnswerFault | null
  /** How long it is held back on purpose. */
  delayMs?: number
}

/** What is known of a delivery only once it is stored and answered; unix milliseconds. */
export interface DeliveryTimes {
  id: number
  connectedAtMs: number
  committedAtMs: number
  answeredAtMs: number
}

/** A delivery that was received at another time or place, with all that was told of it. */
export interface ImportedDelivery {
  delivery: NewDelivery
  /** Recognises it when it is imported again. */
  fingerprint: Uint8Array
  /** The instance that exported it; empty: its file does not say. */
  source: string
  times: Delivery['times'] | null
  marks: { pinned: boolean; note: string; tags: readonly string[] }
  replays: readonly ImportedReplay[]
  /** Which of `replays` was its answer. */
  answeredBy: number | null
}

export interface ImportedReplay {
  row: Omit<NewReplayRow, 'deliveryId'>
  outcome: ReplayOutcome | null
  timings: ReplayTimings | null
}

/** What became of an imported delivery; `replayIds` in the order of its replays. */
export type ImportOutcome = { id: number; replayIds: number[] } | 'already-here'

export interface Committed {
  id: number
  duplicate: Duplicate | null
  /** Of its forwards, in their order; absent: there are none. */
  forwardIds?: readonly number[]
}

export interface EndpointRow {
  id: number
  name: string
  path: string
  schemeId: string | null
  tolerance: Tolerance | null
  /** Whether the listener answers the handshakes of the scheme. */
  answerChallenges: boolean
  answering: Answering | null
  forwarding: Forwarding | null
  colour: number
  revision: number
  createdAtMs: number
}

/** A setting as it lies in the database: text, or sealed where it is a secret. */
export interface SettingRow {
  endpointId: number
  name: string
  value: string | null
  sealed: Uint8Array | null
  sealContext: string | null
}

/** `null`: it is taken away. */
export interface SettingChange {
  name: string
  to: { value: string } | { sealed: Uint8Array; sealContext: string } | null
}

/** A secret as it lies in the database. */
export interface SecretRow {
  id: number
  endpointId: number
  name: string
  sealed: Uint8Array
  /** Random text that was sealed in with it, so that it opens in this row only. */
  sealContext: string
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

/** What a change of an endpoint may touch; absent fields stay as they are. */
export interface EndpointPatch {
  name?: string | undefined
  path?: string | undefined
  schemeId?: string | null | undefined
  tolerance?: Tolerance | null | undefined
  answerChallenges?: boolean | undefined
  answering?: Answering | null | undefined
  forwarding?: Forwarding | null | undefined
  settings?: readonly SettingChange[] | undefined
}

/** Another endpoint has this name or path already. */
export interface Conflict {
  conflict: 'name' | 'path'
}

/** A request that is about to be sent. */
export interface NewReplayRow {
  /** `null`: composed here. */
  deliveryId: number | null
  origin: Replay['origin']
  batchId?: number | null
  composedId?: number | null
  forwardId?: number | null
  /** What differs from the captured request. */
  changed?: readonly string[]
  startedAtMs: number
  url: string
  resigned: boolean
  messageId: string | null
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  /** `'as-delivered'`: the body of the delivery, which is then not stored twice. */
  body: Uint8Array | 'as-delivered'
}

/** How a replay ended: with an answer, or with one sentence that says why there is none. */
export type ReplayOutcome =
  | {
      answer: {
        status: number
        statusMessage: string
        rawHeaders: readonly RawHeader[]
        /** At most the first 1 MiB is kept. */
        body: Uint8Array
        /** The full length, when the sender of this kept only the beginning; else the body's own. */
        bodyByteLength?: number
      }
    }
  | { error: string }

export type ReplayTimings = NonNullable<Replay['timings']>

/** Where a body lies and what it is, without its bytes. */
export interface BodyInfo {
  byteLength: number
  /** SHA-256, hex. */
  sha256: string
  /** Absolute path of the spooled file, `null` when the body lies in the database. */
  file: string | null
}

/** A delivery whose current verification was made with an older revision of its endpoint. */
export interface PendingJudgement {
  id: number
  judgedRevision: number
  bodyByteLength: number
}

/** Everything that is needed to verify a stored delivery again; the body is read apart. */
export interface JudgingInput {
  id: number
  endpointId: number | null
  receivedAtMs: number
  head: { method: string; target: string; rawHeaders: readonly RawHeader[] }
  body: BodyInfo
  problem: CaptureProblem | null
  problemDetail: string | null
  verdict: Verdict
  judgedRevision: number
}

/** A verification made anew, and the revision of the endpoint it was made with. */
export interface Judgement {
  id: number
  revision: number
  verification: Verification
}
