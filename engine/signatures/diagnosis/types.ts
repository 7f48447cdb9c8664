import type { CauseChange, DiagnosisCode } from '#contract/diagnosis.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { SignedTimestamp } from '#contract/verification.ts'
import type {
  PreparedSecret,
  RequestHead,
  Secret,
  Settings,
  VerifyContext,
} from '#engine/signatures/types.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'

/** A stored secret of another endpoint. */
export interface OtherSecret {
  id: number
  name: string
  endpointName: string
  endpointSchemeId: string | null
  text: string
  createdAtMs: number
  /** A newer secret of the same endpoint has taken its place. */
  superseded: boolean
}

/** What a delivery is diagnosed with. */
export interface DiagnosisContext extends VerifyContext {
  /** The endpoint's own secrets as they are stored, those too that no key can be made of. */
  storedSecrets: readonly Secret[]
  otherSecrets: readonly OtherSecret[]
  /** Skews (seconds) of the endpoint's latest other deliveries whose signature was right. */
  recentSkews: readonly number[]
  /** All schemes to try; the catalogue when absent. */
  schemes?: readonly Scheme[]
  /** Milliseconds for the search; by the size of the body when absent. */
  budgetMs?: number
  /** A clock that never goes back, in milliseconds. */
  clock: () => number
}

/** One thing that is supposed to have gone wrong, in words, and the exact change that undoes it. */
export interface Change extends CauseChange {
  code: DiagnosisCode
  /** Ends the sentence “… the signature matches” with what was done: “With the final newline removed”. */
  done: string
  /** What the search found out that the explanation speaks of, such as the style or the scheme. */
  detail: string
  /** How likely it is beside others of its kind, 0 to 1. */
  weight: number
  schemeId?: string
}

/** A request as it may have been when it was signed. */
export interface State {
  scheme: Scheme
  head: RequestHead
  whole: WholeBody
  settings: Settings
  /** Stands in place of the timestamp that the request says. */
  timestampText?: string
  timestamp?: SignedTimestamp
}

/** A change of the request with how it is made; `null`: it does not apply to that state. */
export interface Variant {
  change: Change
  apply(state: State): State | null
}

/** A key to try; no changes: it is the endpoint's own, read as the scheme says. */
export interface Key {
  prepared: PreparedSecret
  changes: readonly Change[]
}

/** A matching signature: what was changed for it. */
export interface Hit {
  changes: readonly Change[]
  secret: PreparedSecret
  state: State
}

/** A body that may have been signed in place of the one that came; made when it is tried. */
export interface BodyGuess {
  code: DiagnosisCode
  detail: string
  done: string
  weight: number
  /** `null`: it cannot be made. */
  bytes(): Uint8Array | null
}
