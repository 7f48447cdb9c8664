import { nothingRead, type Verification } from '#contract/verification.ts'

/** A verification without the fields that are `null` or empty. */
type Packed = Partial<Verification> & Pick<Verification, 'verdict' | 'reason'>

/** Compact JSON of a verification: what is `null` or empty is left out. */
export function packVerification(verification: Verification): string {
  const { verdict, reason, schemeId, messageId, eventType, timestamp } = verification
  const { skewSeconds, tolerance, matchedSecretId, matchedSecretName, notices } = verification
  // On the path of every delivery: assigning is several times faster than a JSON replacer.
  const packed: Packed = { verdict, reason }
  if (schemeId !== null) packed.schemeId = schemeId
  if (messageId !== null) packed.messageId = messageId
  if (eventType !== null) packed.eventType = eventType
  if (timestamp !== null) packed.timestamp = timestamp
  if (skewSeconds !== null) packed.skewSeconds = skewSeconds
  if (tolerance !== null) packed.tolerance = tolerance
  if (matchedSecretId !== null) packed.matchedSecretId = matchedSecretId
  if (matchedSecretName !== null) packed.matchedSecretName = matchedSecretName
  if (notices.length > 0) packed.notices = notices
  return JSON.stringify(packed)
}

/** Inverse of packVerification. */
export function unpackVerification(text: string): Verification {
  const packed: Packed = JSON.parse(text)
  return { ...nothingRead, ...packed }
}

/** Whether the signature itself was found right, whatever the clock says. */
export function isSignatureRight(verdict: Verification['verdict']): boolean {
  return verdict === 'valid' || verdict === 'stale'
}
