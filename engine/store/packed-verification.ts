import type { Verification } from '#contract/verification.ts'

/** A verification without the fields that are `null` or empty. */
type Packed = Partial<Verification> & Pick<Verification, 'verdict' | 'reason'>

/** Compact JSON of a verification: what is `null` or empty is left out. */
export function packVerification(verification: Verification): string {
  const { notices, ...rest } = verification
  const packed: Packed = notices.length === 0 ? rest : verification
  return JSON.stringify(packed, dropNull)
}

function dropNull(key: string, value: unknown): unknown {
  // Inside a tolerance `null` means that a side is not checked: it stays by not being top-level.
  return value === null && topLevel.has(key) ? undefined : value
}

const topLevel = new Set([
  'schemeId',
  'messageId',
  'eventType',
  'timestamp',
  'skewSeconds',
  'tolerance',
  'matchedSecretId',
  'matchedSecretName',
])

/** Inverse of packVerification. */
export function unpackVerification(text: string): Verification {
  const packed: Packed = JSON.parse(text)
  return {
    schemeId: null,
    messageId: null,
    eventType: null,
    timestamp: null,
    skewSeconds: null,
    tolerance: null,
    matchedSecretId: null,
    matchedSecretName: null,
    notices: [],
    ...packed,
  }
}

/** Whether the signature itself was found right, whatever the clock says. */
export function isSignatureRight(verdict: Verification['verdict']): boolean {
  return verdict === 'valid' || verdict === 'stale'
}
