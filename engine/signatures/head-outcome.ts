import type { Verdict } from '#contract/verdict.ts'
import type { Scheme } from '#contract/scheme.ts'
import { challengeOf } from './challenge.ts'
import { claimsOf } from './claims.ts'
import type { CompiledScheme } from './compile.ts'
import { equalText, type BodyDigests } from './running.ts'
import { tokenProblem, unreadableTime } from './jwt.ts'
import { signatureProblem } from './parse.ts'
import { readPlace } from './place.ts'
import { headerText, sourcesFor, type Reading } from './reading.ts'
import {
  keyToFetch,
  locked,
  noSecret,
  unsignedReason,
  unusableSecret,
  type Reason,
} from './sentences.ts'
import type { RequestHead, VerifyContext } from './types.ts'
import type { WholeBody } from './whole-body.ts'

export interface Outcome {
  verdict: Verdict
  reason: Reason
}

/** The scheme's own unsigned handshake; `null`: this request is none, or it is signed. */
export function challengeOutcome(
  scheme: Scheme,
  reading: Reading,
  head: RequestHead,
  body: WholeBody | null,
): Outcome | null {
  if (!scheme.challenges || reading.signatureText !== null) return null
  const challenge = challengeOf(scheme, head, body)
  // What the provider always signs is no handshake without its signature: it is `unsigned`.
  if (!challenge || challenge.signed) return null
  return { verdict: 'challenge', reason: { code: 'challenge', sentence: challenge.sentence } }
}

/**
 * What can be said before anything is checked, in the order of the verdicts; `null`: the bytes must
 * be. `body` is known where `compiled.readsBody`.
 */
export function headOutcome(
  compiled: CompiledScheme,
  reading: Reading,
  context: VerifyContext,
  body: WholeBody | null,
): Outcome | null {
  const { scheme } = compiled
  if (reading.signatureText === null) {
    return { verdict: 'unsigned', reason: unsignedReason(scheme) }
  }
  const malformed = malformedReason(compiled, reading, reading.signatureText, context.head)
  if (malformed) return { verdict: 'malformed', reason: malformed }
  if (context.secrets.length > 0) {
    const wrongToken = reading.token ? tokenProblem(scheme, reading.token) : null
    return wrongToken ? { verdict: 'invalid', reason: wrongToken } : null
  }
  // Without a key too, what lacks a part that is signed is malformed first.
  const claims = claimsOf(compiled, reading, context.head, context.settings ?? {}, body)
  if ('code' in claims) return lackingOutcome(claims)
  if (context.lockedSecrets) return { verdict: 'locked', reason: locked }
  const unusable = context.unusableSecrets?.[0]
  if (unusable) return { verdict: 'no-secret', reason: unusableSecret(unusable) }
  return {
    verdict: 'no-secret',
    reason: scheme.keySource ? keyToFetch(scheme.keySource) : noSecret,
  }
}

/** Nothing can be signed: the request lacks a part, or the endpoint a setting. */
export function lackingOutcome(reason: Reason): Outcome {
  const verdict = reason.code === 'setting-missing' ? 'no-secret' : 'malformed'
  return { verdict, reason }
}

/** A digest of the body that the request carries and that is wrong; `null`: right, or none. */
export function bodyHashProblem(
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  digests: BodyDigests,
  body: WholeBody | null = null,
): Reason | null {
  const form = compiled.scheme.bodyHash
  if (!form) return null
  const said = readPlace(
    form.place,
    sourcesFor(compiled, head, body, reading.header, reading.token),
  )
  const digest = form.digest === 'sha256' ? digests.sha256() : digests.sha512()
  const expected = `${form.prefix ?? ''}${digest.toString(form.encoding)}${form.suffix ?? ''}`
  if (said !== null && equalText(said, expected)) return null
  const sentence =
    said === null
      ? 'The request carries no digest of its body, so that nothing covers it.'
      : `The request says its body’s digest is ${said.slice(0, 140)}; it is ${expected}.`
  return { code: 'body-hash', sentence }
}

function malformedReason(
  compiled: CompiledScheme,
  reading: Reading,
  signatureText: string,
  head: RequestHead,
): Reason | null {
  const { scheme } = compiled
  if (reading.header.signatures.length === 0) {
    const sentence = signatureProblem(scheme.signature, reading.signatureName, signatureText)
    return { code: 'signature-unreadable', sentence }
  }
  if (scheme.jwt && !reading.token) {
    const sentence = `\`${reading.signatureName}\` is not a JSON Web Token.`
    return { code: 'signature-unreadable', sentence }
  }
  const tokenTime = reading.token ? unreadableTime(reading.token) : null
  if (tokenTime) return tokenTime
  for (const [name, wanted] of scheme.requiredHeaders ?? []) {
    const said = headerText(head, name)
    if (said === wanted) continue
    const sentence =
      said === null
        ? `No \`${name}\` header; it must say ${wanted}.`
        : `\`${name}\` says “${said.slice(0, 60)}”; it must say ${wanted}.`
    return { code: 'header-wrong', sentence }
  }
  if (compiled.needsTimestamp && !reading.timestamp) return timestampReason(scheme, reading)
  if (compiled.needsMessageId && !reading.messageIdText) {
    const name = scheme.messageId && 'header' in scheme.messageId ? scheme.messageId.header : 'id'
    return reading.messageIdText === null
      ? { code: 'message-id-missing', sentence: `No \`${name}\` header.` }
      : { code: 'message-id-empty', sentence: `\`${name}\` is empty.` }
  }
  return null
}

const unitNames: Record<NonNullable<Scheme['timestamp']>['unit'], string> = {
  s: 'a whole number of seconds',
  's-or-ms': 'a whole number of seconds',
  ms: 'a whole number of milliseconds',
  iso8601: 'a date and time with its zone (RFC 3339)',
  'iso8601-no-zone': 'a date and time without a zone',
  'http-date': 'an HTTP date',
  any: 'a number of seconds or milliseconds, or a date and time',
}

function timestampReason(scheme: Scheme, reading: Reading): Reason {
  const place = scheme.timestamp?.place
  const isField = place !== undefined && 'field' in place
  const isBody = place !== undefined && 'json' in place
  const name = isField
    ? `${place.field}=`
    : place && 'header' in place
      ? place.header
      : isBody
        ? (place.json ?? 'timestamp')
        : 'timestamp'
  const { timestampText } = reading
  if (timestampText === null) {
    const sentence = isField
      ? `\`${reading.signatureName}\` has no \`${name}\` part.`
      : isBody
        ? `The body has no \`${name}\` of the right kind.`
        : `No \`${name}\` header.`
    return { code: 'timestamp-missing', sentence }
  }
  if (timestampText === '') return { code: 'timestamp-empty', sentence: `\`${name}\` is empty.` }
  const wanted = unitNames[scheme.timestamp?.unit ?? 's']
  return {
    code: 'timestamp-unreadable',
    sentence: `\`${name}\` says “${timestampText.slice(0, 60)}”, which is not ${wanted}.`,
  }
}
