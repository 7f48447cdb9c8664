import { useEffect } from 'react'
import type { FindTerm } from './document/find.ts'

/** How many matches there are; `null` while they are looked for. */
export interface FindResult {
  count: number
  capped: boolean
}

/** What is looked for in a view, and what the view says to it. */
export interface Find {
  /** `null`: nothing is looked for. */
  term: FindTerm | null
  /** How often next was pressed, less previous; a view takes it modulo its matches. */
  step: number
  report: (result: FindResult | null) => void
}

/** Which match is meant, from 0; -1 when there is none. */
export function matchAt({ step }: Pick<Find, 'step'>, count: number): number {
  return count === 0 ? -1 : ((step % count) + count) % count
}

/** Tells the bar how many matches a view has. */
export function useReport({ report }: Find, result: FindResult | null): void {
  const count = result?.count ?? null
  const capped = result?.capped ?? false
  useEffect(() => {
    report(count === null ? null : { count, capped })
  }, [report, count, capped])
}
