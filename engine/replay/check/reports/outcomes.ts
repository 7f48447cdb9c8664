import type { CheckGroup, CheckReport, CheckResult } from '#contract/check.ts'

export type Outcome = CheckResult['outcome']

/** Worst first; never told by colour alone. */
export const outcomes: readonly { outcome: Outcome; symbol: string; words: string }[] = [
  { outcome: 'failed', symbol: '✕', words: 'failed' },
  { outcome: 'sdk-choice', symbol: '◆', words: 'the SDK’s choice' },
  { outcome: 'unsure', symbol: '?', words: 'unsure' },
  { outcome: 'passed', symbol: '✓', words: 'passed' },
  { outcome: 'skipped', symbol: '–', words: 'skipped' },
]

export function markOf(outcome: Outcome): { symbol: string; words: string } {
  return outcomes.find((each) => each.outcome === outcome) ?? { symbol: '?', words: outcome }
}

export const groupTitles: Readonly<Record<CheckGroup, string>> = {
  accepts: 'Accepts what is right',
  rejects: 'Refuses what is wrong',
  behaves: 'Behaves',
}

export function countOf({ results }: Pick<CheckReport, 'results'>, outcome: Outcome): number {
  return results.filter((each) => each.outcome === outcome).length
}

/** Such as “2 failed, 1 the SDK’s choice, 30 passed, 4 skipped”; none is left out but zeros. */
export function countsText(report: Pick<CheckReport, 'results'>): string {
  const parts = outcomes.flatMap(({ outcome, words }) => {
    const count = countOf(report, outcome)
    return count === 0 ? [] : [`${count} ${words}`]
  })
  return parts.join(', ') || 'nothing was asked'
}

/** What the SDK decides and what cannot be decided does not count against a handler. */
export function holds(report: Pick<CheckReport, 'results' | 'state' | 'problem'>): boolean {
  return report.state === 'done' && report.problem === null && countOf(report, 'failed') === 0
}
