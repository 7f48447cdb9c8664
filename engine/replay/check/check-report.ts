import type { CheckReport, CheckResult, CheckSummary } from '#contract/check.ts'
import { chosenCases } from './battery/battery.ts'
import { runCheck } from './run-check.ts'
import type { World } from './world.ts'

export interface ReportedCheck {
  world: World
  only: readonly string[]
  timeoutMs: number
  verifyTls: boolean
  signal: AbortSignal
  /** The version of Countersign that asks. */
  version: string
  /** Told after every result. */
  onProgress?(report: CheckReport): void
}

/** The report of a check that begins now. */
export function newReport(id: number, run: Omit<ReportedCheck, 'signal'>): CheckReport {
  const { world, only, version } = run
  return {
    id,
    startedAtMs: Date.now(),
    endedAtMs: null,
    state: 'running',
    url: world.url,
    schemeId: world.scheme.id,
    schemeName: world.scheme.name,
    version,
    total: chosenCases(only).length,
    results: [],
    problem: null,
  }
}

/** Runs a check to its end and fills its report in; never rejects for what a handler does. */
export async function runReported(report: CheckReport, run: ReportedCheck): Promise<CheckReport> {
  const { problem } = await runCheck({
    ...run,
    onResult(result: CheckResult) {
      report.results.push(result)
      run.onProgress?.(report)
    },
  })
  const cancelled = run.signal.aborted
  report.endedAtMs = Date.now()
  report.problem = cancelled ? null : problem
  report.state = cancelled ? 'cancelled' : problem === null ? 'done' : 'failed'
  return report
}

export function summaryOf({ results, ...report }: CheckReport): CheckSummary {
  const failed = results.filter(({ outcome }) => outcome === 'failed').length
  return { ...report, done: results.length, failed }
}
