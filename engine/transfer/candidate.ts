import type { CaptureProblem } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Verification } from '#contract/verification.ts'
import type { ImportedDelivery, PlannedAnswer, StoredBody } from '#engine/store/types.ts'

/** A delivery as a file tells of it, before it is judged here. */
export interface Candidate {
  head: {
    httpVersion: string
    method: string
    target: string
    rawHeaders: readonly RawHeader[]
  }
  rawTrailers: readonly RawHeader[]
  receivedAtMs: number
  completedAtMs: number
  remoteAddress: string
  remotePort: number
  body: StoredBody
  bodySha256: string
  problem: CaptureProblem | null
  problemDetail: string | null
  challenge: { name: string; note: string | null } | null
  answer: PlannedAnswer | null
  /** What the file says of the verification at receipt; `null`: nothing. */
  atReceipt: Verification | null
  fingerprint: Uint8Array
  source: string
  times: ImportedDelivery['times']
  marks: ImportedDelivery['marks']
  replays: ImportedDelivery['replays']
  answeredBy: number | null
  /** The replay of the same file that it is. */
  fileReplayId: number | null
  /** Those of its replays that came into the listener there: their ids in the file. */
  arrived: { index: number; fileId: number }[]
}

/** What a file holds, in order. */
export type Found =
  | { kind: 'candidate'; candidate: Candidate }
  /** It is here already; replays of it that came into the listener, with their ids here. */
  | { kind: 'here'; arrived: { fileId: number; replayId: number }[] }
  | { kind: 'warning'; sentence: string }
  /** Nothing more can be read. */
  | { kind: 'unreadable'; sentence: string }
