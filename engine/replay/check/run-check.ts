import type { CheckResult } from '#contract/check.ts'
import { whyRefused } from './baseline.ts'
import { type BatteryCase, caseOf, chosenCases } from './battery/battery.ts'
import { type CaseOutcome, skippedOutcome } from './outcome.ts'
import { runProbes } from './probes.ts'
import { createStage, type Stage } from './stage.ts'
import type { World } from './world.ts'

interface CheckRun {
  world: World
  /** Ids and groups; empty: all. */
  only: readonly string[]
  /** For one answer. */
  timeoutMs: number
  verifyTls: boolean
  signal: AbortSignal
  /** Told of every result as soon as it is there. */
  onResult(result: CheckResult): void
  /** For all of it. */
  timeLimitMs?: number
}

const TIME_LIMIT_MS = 10 * 60_000
/** So many cases in a row without any answer: it will not answer the others either. */
const MOST_SILENT = 3

/**
 * Asks the handler every question of the battery, one after another. It ends early when a valid
 * delivery is not accepted, when nothing answers any more, at the time limit and on `signal`; what
 * was not asked then is skipped and says so.
 *
 * @returns why it could not go on, in a sentence; `null`: all was asked
 */
export async function runCheck(run: CheckRun): Promise<{ problem: string | null }> {
  const stage = createStage(run.world, run)
  const endAt = Date.now() + (run.timeLimitMs ?? TIME_LIMIT_MS)
  let problem: string | null = null
  let silent = 0
  for (const [at, each] of chosenCases(run.only).entries()) {
    if (run.signal.aborted) problem ??= 'The check was cancelled.'
    else if (Date.now() > endAt) problem ??= 'The check took too long and was ended.'
    else if (silent >= MOST_SILENT) problem ??= 'The handler no longer answers.'
    const outcome: CaseOutcome = problem === null ? await ask(stage, each) : notAsked(problem)
    if (run.signal.aborted && outcome.outcome !== 'skipped') {
      problem = 'The check was cancelled.'
      run.onResult({ ...caseOf(each), ...notAsked(problem) })
      continue
    }
    silent = isSilent(outcome) ? silent + 1 : 0
    if (at === 0 && outcome.outcome !== 'passed' && outcome.outcome !== 'skipped') {
      problem = whyNotAccepted(run.world, outcome)
      outcome.found = problem
    } else if (at === 0 && outcome.outcome === 'skipped') problem = outcome.found
    run.onResult({ ...caseOf(each), ...outcome })
  }
  return { problem }
}

function ask(stage: Stage, each: BatteryCase): Promise<CaseOutcome> {
  if (!('act' in each)) return runProbes(stage, each)
  const { expected } = each
  const unless = each.unless?.(stage.world)
  if (unless) return Promise.resolve(skippedOutcome(expected, unless))
  return each.act(stage).then((acted) => ({ ...acted, expected }))
}

function notAsked(why: string): CaseOutcome {
  return skippedOutcome('', why)
}

function isSilent({ exchanges }: CaseOutcome): boolean {
  return exchanges.length > 0 && exchanges.every(({ answer }) => answer === null)
}

function whyNotAccepted(world: World, { exchanges }: CaseOutcome): string {
  const [exchange] = exchanges
  const { answer = null, error = null } = exchange ?? {}
  return whyRefused(world, { status: answer?.status ?? null, error })
}
