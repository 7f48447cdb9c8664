import type { Verdict } from '#contract/verdict.ts'
import type { CompiledScheme } from './compile.ts'
import { signatureProblem } from './parse.ts'
import { queryValue, type Reading } from './reading.ts'
import { locked, noSecret, unsignedReason, unusableSecret, type Reason } from './sentences.ts'
import type { RequestHead, Scheme, VerifyContext } from './types.ts'

export interface Outcome {
  verdict: Verdict
  reason: Reason
}

/** The scheme's own unsigned handshake; `null`: this request is none. */
export function challengeOutcome(
  scheme: Scheme,
  reading: Reading,
  head: RequestHead,
): Outcome | null {
  const { challenge } = scheme
  if (!challenge || reading.signatureText !== null || head.method !== challenge.method) return null
  if (!challenge.values.includes(queryValue(head.target, challenge.query))) return null
  return { verdict: 'challenge', reason: { code: 'challenge', sentence: challenge.sentence } }
}

/** What the head alone decides, in the order of the verdicts; `null`: the body must be checked. */
export function headOutcome(
  compiled: CompiledScheme,
  reading: Reading,
  context: VerifyContext,
): Outcome | null {
  if (reading.signatureText === null) {
    return { verdict: 'unsigned', reason: unsignedReason(compiled.scheme) }
  }
  const malformed = malformedReason(compiled, reading, reading.signatureText)
  if (malformed) return { verdict: 'malformed', reason: malformed }
  if (context.secrets.length > 0) return null
  if (context.lockedSecrets) return { verdict: 'locked', reason: locked }
  const unusable = context.unusableSecrets?.[0]
  return { verdict: 'no-secret', reason: unusable ? unusableSecret(unusable) : noSecret }
}

function malformedReason(
  compiled: CompiledScheme,
  reading: Reading,
  signatureText: string,
): Reason | null {
  const { scheme } = compiled
  if (reading.header.signatures.length === 0) {
    const sentence = signatureProblem(scheme.signature, reading.signatureName, signatureText)
    return { code: 'signature-unreadable', sentence }
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

function timestampReason(scheme: Scheme, reading: Reading): Reason {
  const place = scheme.timestamp?.place
  const isField = place !== undefined && 'field' in place
  const name = isField ? `${place.field}=` : place && 'header' in place ? place.header : 'timestamp'
  const { timestampText } = reading
  if (timestampText === null) {
    const sentence = isField
      ? `\`${reading.signatureName}\` has no \`${name}\` part.`
      : `No \`${name}\` header.`
    return { code: 'timestamp-missing', sentence }
  }
  if (timestampText === '') return { code: 'timestamp-empty', sentence: `\`${name}\` is empty.` }
  return {
    code: 'timestamp-unreadable',
    sentence: `\`${name}\` says “${timestampText.slice(0, 60)}”, which is not a whole number of ${
      scheme.timestamp?.unit === 'ms' ? 'milliseconds' : 'seconds'
    }.`,
  }
}
