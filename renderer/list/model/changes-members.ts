import type { ListView } from '#contract/delivery.ts'
import type { Change } from '#contract/status.ts'

/** Whether rows may have left or joined a list in its middle, or changed their place there. */
export function changesMembers(view: ListView, change: Change): boolean {
  const { verdicts, duplicates, query } = view.filter
  if (change.removed) return true
  if (change.arrived > 0 && view.grouped) return true
  // What is filtered by may be anything that a filter can ask, also names of endpoints.
  if (query !== undefined && query !== '') {
    return change.judged || change.marks || change.endpoints || change.replays
  }
  if (change.endpoints && view.filter.endpoint !== undefined) return true
  return (
    change.judged && (verdicts !== undefined || duplicates !== undefined || view.sort !== 'time')
  )
}
