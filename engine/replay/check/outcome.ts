import type { CheckCase, CheckExchange, CheckResult } from '#contract/check.ts'
import type { Sent, Stage } from './stage.ts'
import type { World } from './world.ts'

/** What a case came to. */
export type CaseOutcome = Pick<CheckResult, 'outcome' | 'expected' | 'found' | 'exchanges'>

export type Acted = Omit<CaseOutcome, 'expected'>

/** A case that does more than to ask whether a request is taken. */
export interface ActionCase extends CheckCase {
  expected: string
  /** Why it does not apply to this scheme, one sentence; `null`: it does. */
  unless?(world: World): string | null
  act(stage: Stage): Promise<Acted>
}

export function skippedOutcome(expected: string, why: string): CaseOutcome {
  return { outcome: 'skipped', expected, found: why, exchanges: [] }
}

export function exchangesOf(sent: readonly Sent[]): CheckExchange[] {
  return sent.map(({ exchange }) => exchange)
}
