import type { Explanation, SignatureComparison } from '#contract/verification.ts'
import { adviceFor } from './advice.ts'
import { compile, type CompiledScheme } from './compile.ts'
import { digestWhole, equalText, StreamedDigests } from './digests.ts'
import type { ReceivedSignature } from './parse.ts'
import { readHead, type Reading } from './reading.ts'
import { contentParts, sourcesOf } from './signed-content.ts'
import { judgeAge } from './timestamp.ts'
import type { Body, PreparedSecret, VerifyContext } from './types.ts'
import { verify } from './verify.ts'
import { readWhole, signedBodyText, type WholeBody } from './whole-body.ts'

/**
 * Judges a delivery and shows every step. Nothing in it is stored: signed content and expected
 * signatures are made anew whenever it is looked at.
 *
 * @param nowMs the clock for `staleIfSentNow`, unix milliseconds
 */
export function explain(context: VerifyContext, body: Body, nowMs = Date.now()): Explanation {
  const verification = verify(context, body)
  const { scheme, head } = context
  const advice = adviceFor(verification, scheme, head)
  if (!scheme) {
    return {
      verification,
      schemeName: null,
      algorithm: null,
      sources: [],
      signedContent: [],
      comparisons: [],
      advice,
      staleIfSentNow: false,
    }
  }
  const compiled = compile(scheme)
  const reading = readHead(compiled, head)
  const whole = context.incomplete ? null : readWhole(body)
  const bodyText = whole ? signedBodyText(scheme, whole) : null
  const { timestamp, tolerance } = verification
  const stale =
    scheme.timestamp && timestamp && tolerance
      ? judgeAge(scheme.timestamp, timestamp, tolerance, nowMs) !== 'inside'
      : false
  return {
    verification,
    schemeName: scheme.name,
    algorithm: scheme.algorithm.toUpperCase(),
    sources: sourcesOf(compiled, reading, head, whole),
    signedContent:
      verification.verdict === 'challenge' ? [] : contentParts(compiled, reading, body, bodyText),
    comparisons: compareAll(compiled, reading, context, body, whole),
    advice,
    staleIfSentNow: stale,
  }
}

/** Every received signature against every secret; without a secret there is nothing to expect. */
function compareAll(
  compiled: CompiledScheme,
  reading: Reading,
  context: VerifyContext,
  body: Body,
  whole: WholeBody | null,
): SignatureComparison[] {
  const { signatures } = reading.header
  if (signatures.length === 0) return []
  const { secrets } = context
  if (secrets.length === 0) return signatures.map((signature) => compareOne(signature, null, null))
  const lacking =
    (compiled.needsTimestamp && !reading.timestampText) ||
    (compiled.needsMessageId && !reading.messageIdText)
  const expected =
    context.incomplete || lacking
      ? secrets.map(() => null)
      : expectedFor(compiled, reading, secrets, body, whole)
  return signatures.flatMap((signature) =>
    secrets.map((secret, index) =>
      compareOne(signature, secret, signature.known ? (expected[index] ?? null) : null),
    ),
  )
}

function expectedFor(
  compiled: CompiledScheme,
  reading: Reading,
  secrets: readonly PreparedSecret[],
  body: Body,
  whole: WholeBody | null,
): (string | null)[] {
  if (whole) {
    const bodyText = signedBodyText(compiled.scheme, whole)
    return secrets.map((secret) => digestWhole(compiled, reading, secret, whole, bodyText))
  }
  if (!compiled.streamable) return secrets.map(() => null)
  const digests = new StreamedDigests(compiled, reading, secrets)
  for (const chunk of body.chunks()) digests.update(chunk)
  return digests.finish()
}

function compareOne(
  signature: ReceivedSignature,
  secret: PreparedSecret | null,
  expected: string | null,
): SignatureComparison {
  const matches = expected !== null && equalText(signature.text, expected)
  return {
    position: signature.position,
    version: signature.version,
    received: signature.text,
    expected,
    secretId: secret?.id ?? null,
    secretName: secret?.name ?? null,
    matches,
    firstDifference:
      expected === null || matches ? null : firstDifference(signature.text, expected),
  }
}

/** Index of the first differing character; the end of the shorter when one begins the other. */
function firstDifference(received: string, expected: string): number {
  let index = 0
  while (index < received.length && received[index] === expected[index]) index++
  return index
}
