import type { Cause, Diagnosis } from '#contract/diagnosis.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Verification } from '#contract/verification.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import type { Body } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import { Attempts } from './attempts.ts'
import { adviceCause, headerCause, hitCauses, timeCauses, truncatedCause } from './causes.ts'
import { missingPart, truncation } from './missing.ts'
import { Search } from './search.ts'
import { timeChanges } from './time-causes.ts'
import type { DiagnosisContext, Hit } from './types.ts'

/** Larger bodies are not searched. */
const MOST_BYTES = 16 * 1024 * 1024

/** Milliseconds for the search: 50 for 10 KiB and less, 500 for 1 MiB and more. */
export function budgetFor(byteLength: number): number {
  const share = (byteLength - 10_240) / (1_048_576 - 10_240)
  return 50 + 450 * Math.min(1, Math.max(0, share))
}

/** The share of the time after which no step is begun: the one under way still ends. */
const marginFor = (byteLength: number) => (byteLength > 256 * 1024 ? 0.55 : 0.8)

/**
 * Why a delivery is not valid: the causes of docs/diagnosis.md, the likeliest first. A verified
 * cause is one whose change made the engine's own check of a received signature succeed. Never
 * throws for what a request says. A valid delivery and a challenge have no causes.
 */
export function diagnose(context: DiagnosisContext, body: Body): Diagnosis {
  const startedMs = context.clock()
  const verification = verify(context, body)
  const { verdict } = verification
  const done = (causes: Cause[], attempts: Attempts | null): Diagnosis => ({
    verdict,
    causes,
    searched: attempts?.searched ?? 0,
    elapsedMs: context.clock() - startedMs,
    exhausted: !attempts?.timeIsUp,
  })
  if (verdict === 'valid' || verdict === 'challenge') return done([], null)
  if (context.incomplete) return done([truncatedCause(context.incomplete.sentence)], null)
  if (verdict === 'stale') {
    return done(timeCauses(timeChanges(verification, context), verification), null)
  }
  if (body.byteLength > MOST_BYTES) return done([adviceCause(context, false)], null)
  const whole = wholeOf(body)
  const budgetMs = (context.budgetMs ?? budgetFor(body.byteLength)) * marginFor(body.byteLength)
  const attempts = new Attempts(
    { stored: context.storedSecrets, others: context.otherSecrets },
    context.clock,
    startedMs + budgetMs,
  )
  const hit = searched(context, whole, attempts)
  const causes = hit ? hitCauses(hit, verification, whole) : []
  return done(
    [...causes, ...(causes.some(isVerified) ? [] : advice(context, verification, whole, attempts))],
    attempts,
  )
}

const isVerified = ({ verified }: Cause) => verified

function searched(context: DiagnosisContext, whole: WholeBody, attempts: Attempts): Hit | null {
  if (context.storedSecrets.length === 0 && context.otherSecrets.length === 0) return null
  const base = { head: context.head, whole, settings: context.settings ?? {} }
  const all: readonly Scheme[] = context.schemes ?? schemes
  return new Search(attempts, base, context.scheme, all).run()
}

/** What can be said where nothing was found. */
function advice(
  context: DiagnosisContext,
  { verdict }: Verification,
  whole: WholeBody,
  attempts: Attempts,
): Cause[] {
  const causes: Cause[] = []
  const cut = truncation(context.head, whole)
  if (cut !== null) causes.push(truncatedCause(cut))
  const missing = context.scheme ? missingPart(context.scheme, context.head, whole) : null
  if (missing) causes.push(headerCause(missing))
  const wasCompared = verdict === 'invalid' || verdict === 'malformed' || attempts.searched > 0
  if (wasCompared && !missing) causes.push(adviceCause(context, attempts.searched > 0))
  return causes
}

function wholeOf(body: Body): WholeBody {
  const chunks = [...body.chunks()]
  const first = chunks[0]
  return new WholeBody(chunks.length === 1 && first ? first : Buffer.concat(chunks))
}
