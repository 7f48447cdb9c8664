import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  CircleX,
  Package,
  type LucideIcon,
} from 'lucide-react'
import type { CheckGroup, CheckReport, CheckResult } from '#contract/check.ts'

type Outcome = CheckResult['outcome']

interface OutcomeLook {
  icon: LucideIcon
  word: string
  text: string
  /** What is read first stands first. */
  rank: number
}

/** How an outcome is shown: icon and word, and a colour beside them. */
export const outcomeLooks: Readonly<Record<Outcome, OutcomeLook>> = {
  failed: { icon: CircleX, word: 'failed', text: 'text-red', rank: 0 },
  unsure: { icon: CircleHelp, word: 'unsure', text: 'text-amber', rank: 1 },
  'sdk-choice': { icon: Package, word: 'SDK’s choice', text: 'text-blue', rank: 2 },
  passed: { icon: CircleCheck, word: 'passed', text: 'text-green', rank: 3 },
  skipped: { icon: CircleMinus, word: 'skipped', text: 'text-grey', rank: 4 },
}

export const groupWords: Readonly<Record<CheckGroup, { name: string; sentence: string }>> = {
  accepts: { name: 'Accepts', sentence: 'What the provider may send is taken.' },
  rejects: { name: 'Rejects', sentence: 'What is tampered, old or unsigned is refused.' },
  behaves: { name: 'Behaves', sentence: 'Repeats, odd requests and timing do no harm.' },
}

export const checkGroups: readonly CheckGroup[] = ['accepts', 'rejects', 'behaves']

/** Groups in which something failed stand first, once nothing moves any more. */
export function groupsInOrder(report: CheckReport): readonly CheckGroup[] {
  if (report.state === 'running') return checkGroups
  const fails = (group: CheckGroup) => countOf(resultsOf(report, group), 'failed') > 0
  return [...checkGroups.filter(fails), ...checkGroups.filter((group) => !fails(group))]
}

/** Of one group, failed first; otherwise in the order in which they were asked. */
export function resultsOf(report: CheckReport, group: CheckGroup): CheckResult[] {
  return report.results
    .filter((result) => result.group === group)
    .sort((a, b) => outcomeLooks[a.outcome].rank - outcomeLooks[b.outcome].rank)
}

export function countOf(results: readonly CheckResult[], outcome: Outcome): number {
  return results.filter((result) => result.outcome === outcome).length
}

const cases = (count: number) => (count === 1 ? '1 case' : `${count} cases`)

/** The report in one sentence. */
export function summarySentence(report: CheckReport): string {
  const { state, results, total, problem } = report
  const failed = countOf(results, 'failed')
  const asked = results.length - countOf(results, 'skipped')
  if (state === 'failed') return problem ?? 'The check could not be run.'
  if (state === 'running') {
    const soFar = failed === 0 ? 'none failed so far' : `${failed} failed so far`
    return `${results.length} of ${total} asked, ${soFar}.`
  }
  const ended = state === 'cancelled' ? `Cancelled after ${cases(results.length)}: ` : ''
  const others = [
    [countOf(results, 'unsure'), 'unsure'],
    [countOf(results, 'sdk-choice'), 'the SDK’s choice'],
  ] as const
  const rest = others.flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]))
  const aside = rest.length === 0 ? '' : ` (${rest.join(', ')})`
  if (failed > 0) return `${ended}${failed} of ${cases(asked)} failed${aside}.`
  return `${ended}All ${cases(asked)} hold${aside}.`
}
