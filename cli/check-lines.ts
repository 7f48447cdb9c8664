import type { CheckGroup, CheckReport, CheckResult } from '#contract/check.ts'
import { countsText, groupTitles, holds, markOf } from '#engine/replay/check/reports/outcomes.ts'
import { escapeTerminal } from './escape.ts'

const sgr: Readonly<Record<CheckResult['outcome'], number>> = {
  passed: 32,
  failed: 31,
  'sdk-choice': 35,
  unsure: 33,
  skipped: 90,
}
const WIDEST = 18
const groups: readonly CheckGroup[] = ['accepts', 'rejects', 'behaves']

/** A report for people: every case a line, what did not pass with what to do about it. */
export function checkLines(report: CheckReport, colours: boolean): string[] {
  return [
    `Endpoint check of ${escapeTerminal(report.url)} (${escapeTerminal(report.schemeName)})`,
    ...groups.flatMap((group) => groupLines(report, group, colours)),
    '',
    ...(report.problem === null ? [] : [escapeTerminal(report.problem)]),
    `${holds(report) ? 'All expectations hold' : 'Not all expectations hold'}: ${countsText(report)}.`,
  ]
}

function groupLines(
  { results, problem }: CheckReport,
  group: CheckGroup,
  colours: boolean,
): string[] {
  const own = results.filter((result) => result.group === group)
  if (own.length === 0) return []
  return ['', groupTitles[group], ...own.flatMap((result) => resultLines(result, problem, colours))]
}

function resultLines(result: CheckResult, problem: string | null, colours: boolean): string[] {
  const { outcome, title, id, found, why, fix } = result
  const indent = ' '.repeat(4)
  const line = (text: string) => `${indent}${escapeTerminal(text)}`
  const head = `  ${mark(outcome, colours)} ${escapeTerminal(title)}`
  if (outcome === 'passed') return [head]
  // With a problem all that was not asked is skipped for that.
  if (outcome === 'skipped')
    return found === problem ? [head] : [`${head} (${escapeTerminal(found)})`]
  if (outcome !== 'failed') return [`${head} (${id})`, line(found)]
  return [`${head} (${id})`, line(`Found: ${found}`), line(`Why:   ${why}`), line(`Fix:   ${fix}`)]
}

function mark(outcome: CheckResult['outcome'], colours: boolean): string {
  const { symbol, words } = markOf(outcome)
  const text = `${symbol} ${words}`.padEnd(WIDEST)
  return colours ? `\u001b[${sgr[outcome]}m${text}\u001b[0m` : text
}
