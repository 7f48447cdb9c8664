import { formatCount } from '#renderer/words/format.ts'
import type { ListState } from './model/held-list.ts'
import { countOf, type Picked } from './selection/picked.ts'

/** Counts stop being told here until they are known. */
export const CAP = 10_000

function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

export function deliveriesOf(count: number): string {
  return plural(count, 'delivery', 'deliveries')
}

/** How many rows a list has: `412 deliveries`, `10,000+ deliveries`, `27 found so far`. */
export function listCount(total: number, state: ListState, grouped: boolean): string {
  const [one, many] = grouped ? ['message', 'messages'] : ['delivery', 'deliveries']
  if (state.complete) return plural(total, one, many)
  if (state.search) return `${formatCount(total)} found so far`
  return `${formatCount(Math.min(total, CAP))}+ ${many}`
}

/** How many are selected. Of messages the filter means every attempt, which nobody counted. */
export function selectedWords(
  picked: Picked,
  total: number,
  complete: boolean,
  grouped: boolean,
): string {
  if (picked.kind === 'all' && grouped) return 'All attempts selected'
  const count = countOf(picked, total)
  if (picked.kind === 'some' || complete) return `${formatCount(count)} selected`
  return `${formatCount(Math.min(count, CAP))}+ selected`
}
