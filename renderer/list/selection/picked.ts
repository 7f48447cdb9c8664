import type { DeliveryFilter } from '#contract/delivery.ts'
import type { Selection } from '#contract/selection.ts'

/** The most deliveries that can be picked one by one; `Selection` takes no more. */
export const MOST_PICKED = 10_000

/** What is selected: some rows, or all that the filter finds up to a delivery but for some. */
export type Picked =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<number> }
  | { readonly kind: 'all'; readonly upToId: number; readonly except: ReadonlySet<number> }

export const nothing: Picked = { kind: 'some', ids: new Set() }

export function some(ids: Iterable<number>): Picked {
  return { kind: 'some', ids: new Set([...ids].slice(0, MOST_PICKED)) }
}

export function all(upToId: number): Picked {
  return { kind: 'all', upToId, except: new Set() }
}

export function isPicked(picked: Picked, id: number): boolean {
  if (picked.kind === 'some') return picked.ids.has(id)
  return id <= picked.upToId && !picked.except.has(id)
}

/** Adds a row, or takes it away. */
export function toggled(picked: Picked, id: number): Picked {
  const { kind } = picked
  const changed = new Set(kind === 'some' ? picked.ids : picked.except)
  if (kind === 'all' && id > picked.upToId) return picked
  if (!changed.delete(id) && changed.size < MOST_PICKED) changed.add(id)
  return kind === 'some' ? { kind, ids: changed } : { ...picked, except: changed }
}

/** How many are selected of a filter that finds `total`. */
export function countOf(picked: Picked, total: number): number {
  return picked.kind === 'some' ? picked.ids.size : Math.max(0, total - picked.except.size)
}

/** For the engine; `null`: nothing is selected. */
export function selectionOf(picked: Picked, filter: DeliveryFilter): Selection | null {
  if (picked.kind === 'all') {
    return { filter, upToId: picked.upToId, exceptIds: [...picked.except] }
  }
  return picked.ids.size === 0 ? null : { ids: [...picked.ids] }
}
