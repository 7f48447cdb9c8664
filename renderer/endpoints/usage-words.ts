import type { SecretUsage } from '#contract/endpoint.ts'
import { formatAgo, formatCount } from '#renderer/words/format.ts'

const WEEK_MS = 7 * 86_400_000

function lastWords(lastMs: number | null, nowMs: number): string {
  if (lastMs === null) return ''
  const ago = formatAgo(lastMs, nowMs)
  return `, the last ${ago === 'now' ? 'just now' : ago}`
}

/**
 * What a secret did in the last 7 days, and whether it can go after a rotation.
 * @param othersVerify whether another secret of the endpoint verified something in that time
 */
export function usageWords(
  usage: SecretUsage,
  createdAtMs: number,
  othersVerify: boolean,
  nowMs: number,
): string {
  const { verifiedCount: count, lastVerifiedAtMs } = usage
  const last = lastWords(lastVerifiedAtMs, nowMs)
  if (count > 0) {
    return `Verified ${formatCount(count)} ${count === 1 ? 'delivery' : 'deliveries'} in 7 days${last}.`
  }
  // A new one waits for the provider to begin with it.
  if (lastVerifiedAtMs === null && nowMs - createdAtMs < WEEK_MS) return 'Verified none yet.'
  if (!othersVerify) return `Verified none in 7 days${last}.`
  return `Verified none in 7 days${last}: it can go once the provider has stopped signing with it.`
}

/** “a”, “a” and “b”, “a”, “b” and “c”. */
export function quotedNames(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`
}
