import type { HeldList } from './held-list.ts'
import { fetchWhole } from './list-source.ts'
import { placesOf } from './snapshot.ts'
import { rangeAt } from './places.ts'

const STEP = 500

/** Ids of rows between two coordinates (`to` exclusive); those that are not held are fetched. */
export async function idsBetween(list: HeldList, from: number, to: number): Promise<number[]> {
  const { snapshot, signal, source, view } = list
  if (!snapshot) return []
  const ids: number[] = []
  for (let at = from; at < to;) {
    const row = snapshot.cache.at(at)
    if (row) {
      ids.push(row.id)
      at += 1
      continue
    }
    // A range does not cross 0.
    const end = Math.min(at + STEP, to, at < 0 ? 0 : to)
    const range = rangeAt(placesOf(snapshot), at, end - at)
    if (range === null) return ids
    const found = await fetchWhole(source, view, range, signal)
    for (const { id } of found.rows) ids.push(id)
    at = end
  }
  return ids
}
