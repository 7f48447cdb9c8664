import type { ListView } from '#contract/delivery.ts'
import type { Change } from '#contract/status.ts'

/** Whether rows may have left or joined a list in its middle, or changed their place there. */
export function changesMembers(view: ListView, change: Change): boolean {
  const { verdicts, duplicates, query } = view.filter
  if (change.removed) return true
  if (change.arrived > 0 && view.grouped) return true
  // What is filtered by may be anything that a filter can ask, also names of endpoints.
  if (query !== undefined && query !== '') {
    const told = change.judged || change.marks || change.endpoints || change.replays
    return told || (change.answered && query.includes('duration'))
  }
  if (change.endpoints && view.filter.endpoint !== undefined) return true
  // Sorted by anything but time nothing moves by itself: values are fetched anew where they stand.
  return change.judged && (verdicts !== undefined || duplicates !== undefined)
}
