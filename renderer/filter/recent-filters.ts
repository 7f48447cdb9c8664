import { parseFilter } from '#contract/filter/parse.ts'

const NAME = 'countersign.recent-filters'
const MOST = 8

/** Filters that were applied on this machine, the last first. */
export function recentFilters(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : []
  } catch {
    // Written by something else: as good as none.
    return []
  }
}

/** Keeps a filter that can be read; the same one moves to the front. */
export function rememberFilter(text: string): void {
  const query = text.trim()
  if (query === '' || !parseFilter(query, Date.now()).ok) return
  const kept = [query, ...recentFilters().filter((each) => each !== query)].slice(0, MOST)
  localStorage.setItem(NAME, JSON.stringify(kept))
}
