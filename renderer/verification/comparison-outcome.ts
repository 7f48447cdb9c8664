import type { Verdict } from '#contract/verdict.ts'
import type { SignatureComparison } from '#contract/verification.ts'
import { ordinal } from '#renderer/words/format.ts'

export interface Outcome {
  /** `uncompared`: there is nothing to hold the received signature against. */
  kind: 'match' | 'difference' | 'uncompared'
  words: string
}

/** How one received signature fared against one secret, and if it could not be tried, why. */
export function comparisonOutcome(comparison: SignatureComparison, verdict: Verdict): Outcome {
  if (comparison.matches) return { kind: 'match', words: 'matches' }
  if (comparison.firstDifference !== null) {
    const position = ordinal(comparison.firstDifference + 1)
    const lengths = comparison.lengths ? `, ${lengthWords(comparison.lengths)}` : ''
    return { kind: 'difference', words: `differs from the ${position} character on${lengths}` }
  }
  if (comparison.expected !== null) return { kind: 'difference', words: 'does not match' }
  return { kind: 'uncompared', words: whyNot(comparison, verdict) }
}

function lengthWords({ received, expected }: { received: number; expected: number }): string {
  return received === expected
    ? `both have ${received} characters`
    : `${received} characters came, ${expected} are expected`
}

function whyNot({ secretId, version }: SignatureComparison, verdict: Verdict): string {
  if (verdict === 'locked') return 'the secret to compare with is locked'
  if (secretId === null) return 'no secret to compare with'
  if (verdict === 'incomplete') return 'not compared, since the body is not whole'
  if (verdict === 'malformed') return 'not compared, since the signed content is not whole'
  return version === null ? 'not compared' : 'a version that this scheme does not check'
}

/** What cannot be compared is the same for every secret: such a signature is listed once. */
export function withoutRepeats(comparisons: SignatureComparison[]): SignatureComparison[] {
  const listed = new Set<number>()
  return comparisons.filter(({ position, expected, firstDifference, matches }) => {
    if (matches || expected !== null || firstDifference !== null) return true
    if (listed.has(position)) return false
    listed.add(position)
    return true
  })
}
