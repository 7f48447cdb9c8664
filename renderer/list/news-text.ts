import type { Verdict } from '#contract/verdict.ts'
import { formatCount } from '#renderer/words/format.ts'
import { failures, verdictLooks } from '#renderer/words/verdicts.ts'

/** What screen readers hear of arrivals; `more`: there are more than these. */
export function newsText(verdicts: readonly Verdict[], more: boolean): string {
  if (verdicts.length === 0) return ''
  const count = `${formatCount(verdicts.length)}${more ? '+' : ''}`
  const failed = verdicts.filter((verdict) => failures.includes(verdict))
  const what = `${count} new ${verdicts.length === 1 ? 'delivery' : 'deliveries'}`
  if (failed.length === 0) return what
  const [first] = failed
  const same = failed.every((verdict) => verdict === first)
  return `${what}, ${formatCount(failed.length)} ${same && first !== undefined ? verdictLooks[first].word : 'failed'}`
}
