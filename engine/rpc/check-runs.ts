import { CheckReport, type CheckResult, CheckSummary } from '#contract/check.ts'
import {
  newReport,
  type ReportedCheck,
  runReported,
  summaryOf,
} from '#engine/replay/check/check-report.ts'
import type { CheckRow } from '#engine/store/checks-table.ts'
import { isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { ChangeFeed } from './changes.ts'

/** Endpoint checks: those that run, in memory, and all others as they are stored. */
export interface CheckRuns {
  start(run: Omit<ReportedCheck, 'signal' | 'version'>): CheckReport
  get(id: number): CheckReport | null
  list(limit: number): CheckSummary[]
  /** `false`: it does not run. */
  cancel(id: number): boolean
  /** A running one is cancelled first. */
  remove(id: number): boolean
  /** Cancels what runs and waits until it is stored. */
  close(): Promise<void>
}

interface Running {
  report: CheckReport
  abort: AbortController
  ended: Promise<void>
}

const INTERRUPTED = 'Countersign ended while the check was running. Start it again.'

/** Takes up the table of checks; what was running when the engine ended has failed. */
export function openCheckRuns(rooms: {
  store: Pick<Store, 'checks'>
  feed: ChangeFeed
  version: string
}): CheckRuns {
  const { feed, version } = rooms
  const { checks } = rooms.store
  const running = new Map<number, Running>()
  /** How those ended whose end the database did not take; the next start calls them interrupted. */
  const unstored = new Map<number, CheckReport>()
  failInterrupted(checks)

  const end = (report: CheckReport) => {
    running.delete(report.id)
    const { id, results } = report
    const summary = JSON.stringify(summaryOf(report))
    const isStored = tried(() => checks.finish(id, summary, JSON.stringify(results)))
    if (!isStored) unstored.set(id, report)
    feed.publish({ runs: true })
  }

  const cancel = (id: number): boolean => {
    const run = running.get(id)
    run?.abort.abort()
    return run !== undefined
  }

  return {
    start(run) {
      const report = newReport(0, { ...run, version })
      report.id = checks.insert(report.startedAtMs, JSON.stringify(summaryOf(report)))
      const abort = new AbortController()
      const onProgress = () => {
        // What the database refuses now is written with the next result, or at the end.
        tried(() => checks.update(report.id, JSON.stringify(summaryOf(report))))
        feed.publish({ runs: true })
      }
      const ended = runReported(report, { ...run, version, signal: abort.signal, onProgress })
        .catch((error: unknown) => failed(report, error))
        .then(end)
      running.set(report.id, { report, abort, ended })
      feed.publish({ runs: true })
      return report
    },
    get(id) {
      const row = checks.get(id)
      return running.get(id)?.report ?? unstored.get(id) ?? (row && reportOf(row))
    },
    list: (limit) =>
      checks.list(limit).map((row) => {
        const known = unstored.get(row.id)
        return known ? summaryOf(known) : summaryOfRow(row)
      }),
    cancel,
    remove(id) {
      cancel(id)
      const removed = checks.remove(id)
      unstored.delete(id)
      if (removed) feed.publish({ runs: true })
      return removed
    },
    async close() {
      const runs = [...running.values()]
      for (const { abort } of runs) abort.abort()
      await Promise.all(runs.map(({ ended }) => ended))
    },
  }
}

/** `false`: the database refused. Nobody waits for these writes who could be told. */
function tried(write: () => void): boolean {
  try {
    write()
    return true
  } catch (error) {
    if (!isDatabaseFailure(error)) throw error
    return false
  }
}

/** A fault of ours, not of the handler. */
function failed(report: CheckReport, error: unknown): CheckReport {
  const why = error instanceof Error ? error.message : String(error)
  const problem = `The check stopped (${why}). This is a fault of Countersign.`
  return Object.assign(report, { state: 'failed', endedAtMs: Date.now(), problem } as const)
}

function summaryOfRow({ id, summary }: Omit<CheckRow, 'results'>): CheckSummary {
  return CheckSummary.parse({ ...JSON.parse(summary), id })
}

function reportOf(row: CheckRow): CheckReport {
  const results: CheckResult[] = JSON.parse(row.results)
  return CheckReport.parse({ ...JSON.parse(row.summary), id: row.id, results })
}

function failInterrupted(checks: Store['checks']): void {
  for (const row of checks.list(Number.MAX_SAFE_INTEGER)) {
    const summary = summaryOfRow(row)
    if (summary.state !== 'running') continue
    const ended = { ...summary, state: 'failed' as const, problem: INTERRUPTED }
    checks.update(row.id, JSON.stringify({ ...ended, endedAtMs: Date.now() }))
  }
}
