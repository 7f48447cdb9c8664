import type { SearchOptions } from './types.ts'

const BUDGET_MS = 40

/** The time that a call may take. */
export interface Budget {
  /** Whether that share of it is used up. */
  spent(share?: number): boolean
}

export function startBudget(options: SearchOptions): Budget {
  const { budgetMs = BUDGET_MS, nowMs = () => performance.now() } = options
  const startMs = nowMs()
  return { spent: (share = 1) => nowMs() - startMs >= budgetMs * share }
}
