import { isCredential } from '#contract/credential.ts'
import type { Explanation, SignatureComparison } from '#contract/verification.ts'
import type { Scheme } from '#contract/scheme.ts'
import { adviceFor } from './advice.ts'
import { algorithmName } from './catalogue.ts'
import { Checks, type Comparison } from './checks.ts'
import { claimsOf } from './claims.ts'
import { compile, type CompiledScheme } from './compile.ts'
import { oneFamily } from './header-family.ts'
import { readRequest, type Reading } from './reading.ts'
import { MASKED, measureCredential } from './credential.ts'
import { contentParts, sourcesOf } from './signed-content.ts'
import { judgeAge } from './timestamp.ts'
import type { Body, VerifyContext } from './types.ts'
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
  const { scheme } = context
  const head = scheme ? oneFamily(compile(scheme), context.head) : context.head
  const whole = context.incomplete ? null : readWhole(body)
  const advice = adviceFor(verification, scheme, head, whole, context.ownSchemes)
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
  const reading = readRequest(compiled, head, whole)
  const { timestamp, tolerance } = verification
  const stale =
    scheme.timestamp && timestamp && tolerance
      ? judgeAge(scheme.timestamp, timestamp, tolerance, nowMs) !== 'inside'
      : false
  return {
    verification,
    schemeName: scheme.name,
    algorithm: algorithmName(scheme),
    sources: sourcesOf(compiled, reading, head, whole),
    signedContent:
      verification.verdict === 'challenge'
        ? []
        : contentOf(compiled, reading, context, body, whole),
    comparisons: compareAll(compiled, reading, context, body, whole),
    advice,
    staleIfSentNow: stale,
  }
}

/** The first text that the signature may be over. */
function contentOf(
  compiled: CompiledScheme,
  reading: Reading,
  { head, settings = {} }: VerifyContext,
  body: Body,
  whole: WholeBody | null,
): Explanation['signedContent'] {
  if (isCredential(compiled.scheme)) return []
  if (compiled.readsBody && !whole) return []
  const claims = claimsOf(compiled, reading, head, settings, whole)
  if ('code' in claims) return []
  const bodyText = whole ? signedBodyText(compiled.scheme, whole) : null
  return claims.flatMap(({ contents: [parts] }) =>
    parts ? contentParts(compiled, parts, body, whole, bodyText) : [],
  )
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
  const compared = compare(compiled, reading, context, body, whole)
  const rows: Comparison[] =
    compared ??
    signatures.flatMap((signature) =>
      [...(context.secrets.length > 0 ? context.secrets : [null])].map((secret) => ({
        signature,
        secret,
        expected: null,
        matches: false,
        differsAt: null,
      })),
    )
  return rows.map((row) => comparison(compiled.scheme, row))
}

/** `null`: the request lacks something that is signed, or is not known whole. */
function compare(
  compiled: CompiledScheme,
  reading: Reading,
  { head, settings = {}, secrets, incomplete }: VerifyContext,
  body: Body,
  whole: WholeBody | null,
): Comparison[] | null {
  const lacking =
    (compiled.needsTimestamp && !reading.timestampText) ||
    (compiled.needsMessageId && !reading.messageIdText)
  if (secrets.length === 0 || incomplete || lacking) return null
  if (!whole && !compiled.streamable) return null
  const checks = Checks.start(compiled, reading, head, settings, secrets, whole)
  if (!(checks instanceof Checks)) return null
  const text = whole ? signedBodyText(compiled.scheme, whole) : null
  if (text !== null) checks.update(Buffer.from(text))
  else for (const chunk of body.chunks()) checks.update(chunk)
  return checks.compare()
}

/**
 * For tokens and Basic auth what is expected is the secret: only equal or not is told, and how far,
 * and what came is masked.
 */
function comparison(
  scheme: Scheme,
  { signature, secret, expected, matches, differsAt }: Comparison,
): SignatureComparison {
  const measured =
    secret && isCredential(scheme)
      ? measureCredential(scheme, signature.text, secret.keyText)
      : null
  return {
    position: signature.position,
    version: signature.version,
    received: isCredential(scheme) ? MASKED : signature.text,
    expected: isCredential(scheme) ? null : expected,
    secretId: secret?.id ?? null,
    secretName: secret?.name ?? null,
    matches,
    firstDifference: matches ? null : (measured?.differsAt ?? differsAt),
    lengths: measured?.lengths ?? null,
  }
}
