import type { Scheme } from '#contract/scheme.ts'
import { nothingRead, type Verification } from '#contract/verification.ts'
import { compile } from './compile.ts'
import { Judging } from './judging.ts'
import { noScheme } from './sentences.ts'
import type { Body, Incomplete, VerifyContext } from './types.ts'
import { readWhole, WholeBody } from './whole-body.ts'

/** How a body ended. */
export interface BodyEnd {
  byteLength: number
  /** Why the body is not all there; `null`: it is. */
  incomplete: Incomplete | null
  /** The first bytes of the body; used only when they are all of it. */
  bodyPrefix?: Uint8Array
}

/** A verification with what tells an exact replay of the same request. */
export interface Judged {
  verification: Verification
  /** SHA-256 (hex) over the received signature and timestamp texts; `null`: there is no signature. */
  signatureDigest: string | null
}

/** A verification of a body that streams past once. */
export interface StreamingVerification {
  /** The next bytes of the body, in order. */
  update(chunk: Uint8Array): void
  /** Judges; to be called once. */
  finish(end: BodyEnd): Judged
}

/**
 * Judges one delivery: the verdicts of docs/verdicts.md, the first that holds. Never throws for
 * what a request says. The clock is `context.atMs`.
 */
export function verify(context: VerifyContext, body: Body): Verification {
  return judge(context, body).verification
}

/** The verdict and its reason alone, without what else there is to say of the delivery. */
export function verdictOf(
  context: VerifyContext,
  body: Body,
): Pick<Verification, 'verdict' | 'reason'> {
  if (!context.scheme) return withoutScheme(context.incomplete).verification
  const whole = readWhole(body)
  return fed(context, context.scheme, body, whole).decide(context.incomplete, whole)
}

/**
 * The same as `verify`, with the digest of the signature. `whole` is the body where the caller has
 * it already: what was parsed of it is not parsed again.
 */
export function judge(
  context: VerifyContext,
  body: Body,
  whole: WholeBody | null = readWhole(body),
): Judged {
  const { scheme, incomplete } = context
  if (!scheme) return withoutScheme(incomplete)
  return fed(context, scheme, body, whole).judge(body.byteLength, incomplete, whole)
}

/** Through with the bytes of the body, where they matter. */
function fed(context: VerifyContext, scheme: Scheme, body: Body, whole: WholeBody | null): Judging {
  const judging = new Judging(context, compile(scheme))
  if (whole) judging.update(whole.bytes)
  else if (judging.wantsBytes) for (const chunk of body.chunks()) judging.update(chunk)
  return judging
}

/**
 * The same for a body that streams past once: every usable secret is tried while it does. Without
 * `bodyPrefix` the message id and event type of the body stay unknown.
 */
export function startVerification(context: VerifyContext): StreamingVerification {
  const { scheme } = context
  if (!scheme) {
    return {
      update() {},
      finish: (end) => withoutScheme(context.incomplete ?? end.incomplete),
    }
  }
  const judging = new Judging(context, compile(scheme))
  return {
    update: (chunk) => judging.update(chunk),
    finish({ byteLength, incomplete, bodyPrefix }) {
      const known = byteLength === 0 ? new Uint8Array(0) : bodyPrefix
      const whole = known?.byteLength === byteLength ? new WholeBody(known) : null
      return judging.judge(byteLength, context.incomplete ?? incomplete, whole)
    },
  }
}

function withoutScheme(incomplete: Incomplete | null): Judged {
  const verification: Verification = {
    ...nothingRead,
    verdict: incomplete ? 'incomplete' : 'no-scheme',
    reason: incomplete ? { code: 'incomplete', sentence: incomplete.sentence } : noScheme,
  }
  return { verification, signatureDigest: null }
}
