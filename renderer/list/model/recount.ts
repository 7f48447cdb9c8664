import { MARGIN } from './fetch-rows.ts'
import type { HeldList } from './held-list.ts'
import { fetchWhole } from './list-source.ts'
import { PAGE_ROWS } from './page-cache.ts'
import { rangeAt } from './places.ts'
import { positionOf } from './position.ts'
import {
  countSnapshot,
  newestFirst,
  placesOf,
  rankOf,
  takeSnapshot,
  type Snapshot,
} from './snapshot.ts'

/** Starts again from the first row. What was counted before stands until it is counted anew. */
export async function restart(list: HeldList, known: boolean): Promise<Snapshot | null> {
  const { signal } = list
  const before = known ? list.snapshot : null
  const snapshot = await takeSnapshot(list.source, list.view, signal)
  if (signal.aborted) return null
  if (before && !snapshot.complete && !snapshot.searching) {
    snapshot.anchors = before.anchors
    snapshot.counted = Math.max(snapshot.counted, before.counted + before.arrivals.count)
    snapshot.complete = before.complete
  }
  list.snapshot = snapshot
  list.newestId = Math.max(list.newestId, snapshot.arrivals.topId)
  list.shownUpTo = snapshot.arrivals.topId
  // The first row was at `top`.
  const { serial } = list.state.moved
  const moved = { serial: serial + 1, coordinates: -list.state.top, rows: 0 }
  list.setExtent({ phase: 'ready', error: null, top: 0, unseen: 0, moved })
  return snapshot
}

/** Counts the snapshot behind; `atOnce`: nothing is said of it before it is through. */
export async function count(list: HeldList, snapshot: Snapshot, atOnce: boolean): Promise<void> {
  await countSnapshot(list.source, snapshot, list.signal, (counted) => {
    if (snapshot !== list.snapshot || (atOnce && !counted.complete)) return
    snapshot.anchors = counted.anchors
    snapshot.counted = counted.complete ? counted.count : Math.max(snapshot.counted, counted.count)
    snapshot.complete = counted.complete
    list.setExtent()
  })
}

/**
 * Rows may have left or joined in the middle: fetches what is on the screen anew, going on from
 * the row above it, so that the first row under the eye stays where it is.
 */
export async function refreshVisible(list: HeldList): Promise<void> {
  const { snapshot, signal, visible } = list
  if (!snapshot) return
  const { from, to } = visible
  snapshot.cache.age()
  const above = snapshot.cache.at(from - 1)
  if (!above) return
  const limit = Math.min(500, to - from + MARGIN)
  const range = { after: positionOf(above, list.view.sort), skip: 0, limit }
  const found = await fetchWhole(list.source, list.view, range, signal)
  if (signal.aborted || snapshot !== list.snapshot) return
  snapshot.cache.cut(from + found.rows.length)
  snapshot.cache.put(from, found.rows, from)
  if (!found.hasMore && from + found.rows.length >= 0) {
    snapshot.counted = from + found.rows.length
    snapshot.complete = true
  }
  list.setExtent()
}

/** Counts the list anew and puts what is under the eye where it now belongs. */
export async function recount(list: HeldList): Promise<void> {
  const { source, view, signal, snapshot: before } = list
  if (!before || before.searching) return
  const next = await takeSnapshot(source, view, signal)
  if (signal.aborted || next.searching) return
  if (!next.complete) {
    await countSnapshot(source, next, signal, ({ anchors, count: counted, complete }) =>
      Object.assign(next, { anchors, counted, complete }),
    )
  }
  const top = newestFirst(view) ? await rankOf(source, next, place(list.shownUpTo), signal) : 0
  const eyeAt = Math.max(list.state.top, list.visible.from)
  const eye = before.cache.at(eyeAt)
  const newEyeAt = eye ? await rankOf(source, next, positionOf(eye, view.sort), signal) : eyeAt
  await prefetch(list, next, newEyeAt)
  if (signal.aborted || before !== list.snapshot) return
  const coordinates = newEyeAt - eyeAt
  move(list, next, top, coordinates)
}

function place(id: number) {
  return { id, value: null }
}

/** The rows that will be on the screen, so that none of them is blank for a moment. */
async function prefetch(list: HeldList, next: Snapshot, eyeAt: number): Promise<void> {
  const { source, view, signal, visible } = list
  const rows = visible.to - visible.from + MARGIN
  const from = Math.max(0, eyeAt - MARGIN)
  for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < eyeAt + rows; page += 1) {
    const start = page * PAGE_ROWS
    const limit = Math.min(PAGE_ROWS, next.counted - start)
    const range = limit > 0 ? rangeAt(placesOf(next), start, limit) : null
    if (range === null) return
    const found = await fetchWhole(source, view, range, signal)
    next.cache.put(start, found.rows, eyeAt)
  }
}

/** Puts the new snapshot in the place of the old one; the eye stays on what it looked at. */
function move(list: HeldList, next: Snapshot, top: number, coordinates: number): void {
  const { state, visible } = list
  const rows = coordinates - (top - state.top)
  list.snapshot = next
  list.newestId = Math.max(list.newestId, next.arrivals.topId)
  list.visible = { from: visible.from + coordinates, to: visible.to + coordinates }
  const moved = { serial: state.moved.serial + 1, coordinates, rows }
  const unseen = newestFirst(list.view) ? top : 0
  list.setExtent({ top, unseen, moved, phase: 'ready', error: null })
}
