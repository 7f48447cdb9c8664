import { useEffect, useState } from 'react'
import type { ListState } from '#renderer/list/model/held-list.ts'
import type { LongList } from '#renderer/list/model/long-list.ts'
import type { OpenedGroups } from '#renderer/list/rows/use-opened-groups.ts'
import type { Line } from '#renderer/list/window/opened-groups.ts'

/** Where the keyboard is; `id` null: the row is not loaded yet. */
export interface Cursor extends Line {
  readonly id: number | null
}

interface CursorUse {
  cursor: Cursor | null
  /** The line that it is at; −1: nowhere. */
  line: number
  /** Goes to a line; what stands there is told as soon as it is loaded. */
  readonly goTo: (line: number, tell: boolean) => void
}

/** The delivery that stands in a line, as far as it is loaded. */
export function idAt(list: LongList, groups: OpenedGroups, { at, attempt }: Line): number | null {
  if (attempt !== null) return groups.attemptsAt(at)[attempt]?.id ?? null
  return list.rowAt(at)?.id ?? null
}

/** The coordinate that the row of a cursor now has; `null`: it is not held. */
function found(list: LongList, groups: OpenedGroups, { id, attempt }: Cursor): number | null {
  if (id === null) return null
  return attempt === null ? list.find(id) : (groups.find(id)?.at ?? null)
}

/** A line that is remembered: it stays on its delivery when rows come or go. */
export function usePlace(list: LongList, { moved }: ListState, groups: OpenedGroups) {
  const [place, setPlace] = useState<Cursor | null>(null)
  const [serial, setSerial] = useState(moved.serial)
  if (serial !== moved.serial) {
    setSerial(moved.serial)
    if (place)
      setPlace({ ...place, at: found(list, groups, place) ?? place.at + moved.coordinates })
  }
  return [place, setPlace] as const
}

/** The row that the keyboard is at. */
export function useCursor(
  list: LongList,
  state: ListState,
  groups: OpenedGroups,
  selectedId: number | null,
  onSelect: (id: number) => void,
): CursorUse {
  const [place, setPlace] = usePlace(list, state, groups)
  const [telling, setTelling] = useState(false)
  const late = place !== null && place.id === null ? idAt(list, groups, place) : null
  const cursor = place && { ...place, id: place.id ?? late }

  // Somewhere else another delivery was opened.
  const [known, setKnown] = useState<number | null>(null)
  if (selectedId !== known) {
    const at = selectedId === null ? null : list.find(selectedId)
    if (selectedId === null || cursor?.id === selectedId) setKnown(selectedId)
    else if (at !== null) {
      setKnown(selectedId)
      setPlace({ at, attempt: null, id: selectedId })
    }
  }

  useEffect(() => {
    if (late !== null && telling) onSelect(late)
  }, [late, telling, onSelect])

  const goTo = (line: number, tell: boolean) => {
    const target = groups.lines.at(line)
    const id = idAt(list, groups, target)
    setPlace({ ...target, id })
    setTelling(tell)
    if (id !== null && tell) onSelect(id)
  }
  return { cursor, line: cursor === null ? -1 : groups.lines.of(cursor), goTo }
}
