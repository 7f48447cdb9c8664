import type { CheckReport, CheckResult } from '#contract/check.ts'
import { countOf } from './outcomes.ts'

/**
 * The report as JUnit XML, as CI servers read it (https://github.com/testmoapp/junitxml): one suite,
 * one case for each question. What is unsure or the SDK's choice is skipped with its reason: it does
 * not fail a build.
 */
export function junitReport(report: CheckReport): string {
  const { results } = report
  const failures = countOf(report, 'failed')
  const skipped = results.filter(({ outcome }) => !['passed', 'failed'].includes(outcome)).length
  const seconds = secondsOf(results.flatMap(({ exchanges }) => exchanges))
  const name = `Endpoint check of ${report.url} (${report.schemeName})`
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="${skipped}"`
  const at = new Date(report.startedAtMs).toISOString()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign" ${counts} time="${seconds}">`,
    `  <testsuite name="${xml(name)}" ${counts} time="${seconds}" timestamp="${at}">`,
    ...results.map(testCase),
    ...(report.problem === null ? [] : [`    <system-err>${xml(report.problem)}</system-err>`]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(result: CheckResult): string {
  const { id, group, title, outcome, found, why, fix, expected, exchanges } = result
  const head = `    <testcase classname="countersign.${group}" name="${xml(`${title} (${id})`)}" time="${secondsOf(exchanges)}"`
  if (outcome === 'passed') return `${head}/>`
  if (outcome !== 'failed') {
    const reason = outcome === 'skipped' ? found : `${outcome}: ${found}`
    return `${head}>\n      <skipped message="${xml(reason)}"/>\n    </testcase>`
  }
  const text = [`Expected: ${expected}`, `Found: ${found}`, `Why: ${why}`, `Fix: ${fix}`].join('\n')
  const failure = `      <failure type="${id}" message="${xml(found)}">${xml(text)}</failure>`
  return `${head}>\n${failure}\n    </testcase>`
}

function secondsOf(exchanges: readonly { totalMs: number }[]): string {
  return (exchanges.reduce((sum, { totalMs }) => sum + totalMs, 0) / 1000).toFixed(3)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML 1.0 has no way to write most control characters and halves of surrogate pairs at all. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => entities[char] ?? char)
}
