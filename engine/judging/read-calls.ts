import type { CredentialRange } from '#contract/credentials.ts'
import type { CappedCount, Delivery, DeliveryRow } from '#contract/delivery.ts'
import type { SecretUsage } from '#contract/endpoint.ts'
import type { Forward, ForwardQueue } from '#contract/forwarding.ts'
import type { Diagnosis } from '#contract/diagnosis.ts'
import type { Hygiene } from '#contract/hygiene.ts'
import type { Overview, OverviewInput } from '#contract/overview.ts'
import type { TriedScheme, TryScheme } from '#contract/own-scheme.ts'
import type { Replay } from '#contract/replay.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { DuplicateKind } from '#contract/verdict.ts'
import type { Explanation, Verification } from '#contract/verification.ts'
import type { Secret } from '#engine/signatures/types.ts'
import type { OtherSecret } from '#engine/signatures/diagnosis/types.ts'
import type { VerifyInput } from '#contract/verify-page.ts'
import type {
  IdsPage,
  IdsQuery,
  ListPage,
  ListQuery,
  Tally,
  TallyQuery,
  Wanted,
} from '#engine/store/search/types.ts'
import type { DeliveryToPrepare, PreparedDelivery, Unprepared } from './prepare-delivery.ts'
import type { BatchResult } from '#engine/store/batch-results-reader.ts'
import type { DeliveryMoment } from '#engine/store/moments-reader.ts'
import type { ReplaysQuery } from '#engine/store/replays-reader.ts'
import type { ExportStep, ExportStepInput } from '#engine/transfer/export-steps.ts'
import type { ImportStep, ImportStepInput } from '#engine/transfer/import-steps.ts'
import type { JudgingProfile } from './profile.ts'
import type { SchemeSuggestion } from './suggest-scheme.ts'

/** Newly judged rows of one step, ready to be written by the capture thread. */
export interface JudgedStep {
  rows: { id: number; revision: number; verification: Verification }[]
  /** Where the next step goes on (exclusive), `null` when nothing is left. */
  before: number | null
}

interface BodyRange {
  id: number
  offset: number
  length: number
}

/** What the read workers do, by name; every argument and result survives a structured clone. */
export interface ReadCalls {
  list(input: ListQuery): ListPage
  tally(input: TallyQuery): Tally
  count(input: Wanted): CappedCount
  /** What a selection means, step by step. */
  ids(input: IdsQuery): IdsPage
  /** In use, most used first. */
  tags(input: Record<string, never>): { name: string; count: number }[]
  get(input: { id: number }): Delivery | null
  /** Deleted, and not yet gone from the file. */
  isRemoved(input: { id: number }): boolean
  body(input: BodyRange): Uint8Array | null
  /** A range of the body with its content coding undone, or one sentence that says why not. */
  decodedBody(input: BodyRange): Promise<{ bytes: Uint8Array } | { problem: string } | null>
  decodedLength(input: {
    id: number
  }): Promise<{ byteLength: number; problem: string | null } | null>
  explain(input: {
    id: number
    as: 'receipt' | 'now'
    profile: JudgingProfile
    nowMs: number
  }): Explanation | null
  /** What scheme the delivery is of, also by the secrets of these profiles. */
  suggestScheme(input: {
    id: number
    profiles: readonly JudgingProfile[]
    ownSchemes: readonly Scheme[]
  }): SchemeSuggestion | null
  /** Judges with a scheme that was checked and not stored; `null`: there is no such delivery. */
  tryScheme(
    input: Pick<TryScheme, 'request' | 'settings'> & {
      scheme: Scheme
      secrets: readonly Secret[]
      /** `null`: when the delivery came. */
      atMs: number | null
      nowMs: number
    },
  ): TriedScheme | null
  /** Why it is not valid. */
  diagnose(input: {
    id: number
    profile: JudgingProfile
    otherSecrets: readonly OtherSecret[]
  }): Diagnosis | null
  diagnosePasted(input: {
    request: VerifyInput
    profile: JudgingProfile
    otherSecrets: readonly OtherSecret[]
    nowMs: number
  }): Diagnosis
  hygiene(input: { id: number; nowMs: number }): Promise<Hygiene | null>
  /** Where in the body the credential of the scheme stands. */
  credentialRanges(input: {
    id: number
    decoded: boolean
    scheme: Scheme
  }): Promise<CredentialRange[] | null>
  /** Since `sinceMs`, unix milliseconds. */
  secretUsage(input: { secretIds: readonly number[]; sinceMs: number }): SecretUsage[]
  /** One step. */
  overview(input: OverviewInput): Overview
  /** Of a delivery, or the newest that wait or failed. */
  forwards(input: {
    deliveryId?: number | undefined
    endpointId?: number | undefined
    limit: number
  }): Forward[]
  forwardQueues(input: Record<string, never>): ForwardQueue[]
  /** A delivery with its whole body; `null`: one of both is gone. */
  whole(input: { id: number }): { delivery: Delivery; body: Uint8Array } | null
  /** Newest first. */
  replays(input: ReplaysQuery): Replay[]
  /** When deliveries came; `null`: it is gone. */
  moments(input: { ids: readonly number[] }): (DeliveryMoment | null)[]
  batchResults(input: { batchId: number; afterId: number; limit: number }): BatchResult[]
  /** What goes out when it is sent again. */
  prepareDelivery(input: DeliveryToPrepare): PreparedDelivery | Unprepared | null
  attempts(input: { id: number }): (DeliveryRow & { kind: DuplicateKind | null })[]
  pendingJudgements(input: Record<string, never>): {
    endpointId: number
    revision: number
    pending: number
  }[]
  judge(input: {
    profile: JudgingProfile
    /** These first, whatever their place; then everything below `before`. */
    ids?: readonly number[] | undefined
    before?: number | undefined
    limit: number
  }): JudgedStep
  /** The next step of an export or import, which the worker holds between its steps. */
  exportStep(input: ExportStepInput): Promise<ExportStep>
  importStep(input: ImportStepInput): Promise<ImportStep>
}

export type ReadCallName = keyof ReadCalls
export interface ReadRequest {
  id: number
  call: ReadCallName
  input: unknown
}
export type ReadReply = { id: number; result: unknown } | { id: number; error: string }
