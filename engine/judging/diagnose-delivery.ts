import type { Diagnosis } from '#contract/diagnosis.ts'
import type { VerifyInput } from '#contract/verify-page.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { budgetFor, diagnose } from '#engine/signatures/diagnosis/diagnose.ts'
import type { DiagnosisContext, OtherSecret } from '#engine/signatures/diagnosis/types.ts'
import type { Body, Incomplete, RequestHead } from '#engine/signatures/types.ts'
import { readWhole } from '#engine/signatures/whole-body.ts'
import { prepareProfile, type JudgingProfile } from './profile.ts'

/** A request to diagnose, from the store or pasted. */
export interface DiagnosedRequest {
  head: RequestHead
  body: Body
  /** The moment of receipt, unix milliseconds. */
  atMs: number
  incomplete: Incomplete | null
}

/** The first searches of a process run code that is not compiled yet, and are given more time. */
const COLD_SEARCHES = 3
const COLD_FACTOR = 8
let searches = 0

/** Diagnoses with what the endpoint judges with, the secrets of the others, and its latest skews. */
export function diagnoseRequest(
  { head, body, atMs, incomplete }: DiagnosedRequest,
  profile: JudgingProfile,
  otherSecrets: readonly OtherSecret[],
  recentSkews: readonly number[],
): Diagnosis {
  const verifying = prepareProfile(profile).contextFor(head, atMs, incomplete, readWhole(body))
  const context: DiagnosisContext = {
    ...verifying,
    storedSecrets: profile.secrets,
    otherSecrets,
    recentSkews,
    schemes: [...profile.ownSchemes, ...schemes],
    ...(searches++ < COLD_SEARCHES ? { budgetMs: budgetFor(body.byteLength) * COLD_FACTOR } : {}),
    clock: () => performance.now(),
  }
  return diagnose(context, body)
}

/** A request that was pasted, with the secrets given beside it. */
export function diagnosePasted(
  { request, atUnixSeconds, url }: VerifyInput,
  profile: JudgingProfile,
  otherSecrets: readonly OtherSecret[],
  nowMs: number,
): Diagnosis {
  const bytes = new Uint8Array(Buffer.from(request.bodyBase64, 'base64'))
  const pasted: DiagnosedRequest = {
    head: { ...request, target: url ?? request.target },
    body: { byteLength: bytes.byteLength, chunks: () => [bytes] },
    atMs: atUnixSeconds === null ? nowMs : atUnixSeconds * 1000,
    incomplete: null,
  }
  return diagnoseRequest(pasted, profile, otherSecrets, [])
}
