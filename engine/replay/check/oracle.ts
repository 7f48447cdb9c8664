import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { compile } from '#engine/signatures/compile.ts'
import { readRequest } from '#engine/signatures/reading.ts'
import { readLaxly } from '#engine/signatures/timestamp.ts'
import { verify } from '#engine/signatures/verify.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import type { Verdict } from '#contract/verdict.ts'
import type { Verification } from '#contract/verification.ts'
import type { World } from './world.ts'

/** What a receiver that follows the provider's documented rule makes of a request. */
export interface Opinion {
  accepts: boolean
  verdict: Verdict
  /** Why, one sentence. */
  sentence: string
  /** How the provider's own SDK decides otherwise, one sentence; `null`: it decides the same. */
  sdkOtherwise: string | null
  /** The signature counts over the re-serialised body. */
  reserialised: boolean
}

/** Judges a request as our own engine would if it arrived now. */
export function opinionOf(world: World, request: OutgoingRequest): Opinion {
  const atMs = world.now()
  const verification = verificationOf(world, request, request.body, atMs)
  return {
    accepts: verification.verdict === 'valid',
    verdict: verification.verdict,
    // Whose secrets they are does not matter here: there is no endpoint of ours.
    sentence:
      verification.reason.code === 'no-match'
        ? 'What it is signed with is not right for it.'
        : verification.reason.sentence,
    sdkOtherwise: otherwise(world, request, verification, atMs),
    reserialised: verification.notices.some(({ code }) => code === 'body-reserialised'),
  }
}

function verificationOf(
  { scheme, keys, settings }: World,
  request: OutgoingRequest,
  body: Uint8Array,
  atMs: number,
): Verification {
  return verify(
    {
      head: request,
      scheme,
      secrets: keys,
      settings,
      lockedSecrets: false,
      atMs,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: body.byteLength, chunks: () => [body] },
  )
}

/** An SDK that writes the parsed body anew before it checks does not see what was done to the bytes. */
function signedOverCompact(
  world: World,
  request: OutgoingRequest,
  verdict: Verdict,
  atMs: number,
): string | null {
  const { sdk } = world.scheme
  const compact = new WholeBody(request.body).compact
  if (!sdk?.reserialises || verdict !== 'invalid' || compact === null) return null
  const judged = verificationOf(world, request, Buffer.from(compact), atMs)
  if (judged.verdict !== 'valid') return null
  return `${sdk.name} checks the body as JSON.stringify writes it, and so written this one is right.`
}

function otherwise(
  world: World,
  request: OutgoingRequest,
  { notices, verdict }: Verification,
  atMs: number,
): string | null {
  const rewritten = signedOverCompact(world, request, verdict, atMs)
  if (rewritten !== null) return rewritten
  const counting = notices.filter(({ code }) => {
    if (code === 'body-reserialised' || code === 'body-not-reserialised') return false
    return code !== 'sdk-reads-timestamp-laxly' || laxTimestampIsFresh(world, request, atMs)
  })
  return counting[0]?.sentence ?? null
}

/** A lax reading makes an SDK accept only what it then finds within its tolerance. */
function laxTimestampIsFresh({ scheme }: World, request: OutgoingRequest, atMs: number): boolean {
  const parsing = scheme.sdk?.timestampParsing
  const text = readRequest(compile(scheme), request, new WholeBody(request.body)).timestampText
  const value = text !== null && parsing ? readLaxly(text, parsing) : null
  if (value === null || !scheme.tolerance) return false
  const unixMs = scheme.timestamp?.unit === 'ms' ? value : value * 1000
  const { pastSeconds, futureSeconds } = scheme.tolerance
  const ageSeconds = (atMs - unixMs) / 1000
  return ageSeconds <= (pastSeconds ?? Infinity) && -ageSeconds <= (futureSeconds ?? Infinity)
}
