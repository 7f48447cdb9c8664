import { useRef } from 'react'
import type { ListState } from '#renderer/list/model/held-list.ts'
import type { LongList } from '#renderer/list/model/long-list.ts'
import type { OpenedGroups } from '#renderer/list/rows/use-opened-groups.ts'
import type { Line } from '#renderer/list/window/opened-groups.ts'
import { idAt, usePlace } from './use-cursor.ts'
import { MOST_PICKED, nothing, some, toggled, type Picked } from './picked.ts'

interface Picking {
  /** A row was chosen alone: nothing else is selected, and ranges begin here. */
  readonly alone: (line: number) => void
  readonly toggle: (line: number, cursorId: number | null) => void
  /** Selects everything between where ranges begin and a line. */
  readonly rangeTo: (line: number, cursorLine: number) => void
}

/** Selecting rows by pointer and keys. */
export function usePicking(
  list: LongList,
  state: ListState,
  groups: OpenedGroups,
  picked: Picked,
  setPicked: (picked: Picked) => void,
): Picking {
  const [start, setStart] = usePlace(list, state, groups)
  const newest = useRef(0)
  const { lines } = groups
  const startAt = (place: Line) => setStart({ ...place, id: idAt(list, groups, place) })
  return {
    alone(line) {
      startAt(lines.at(line))
      if (picked !== nothing) setPicked(nothing)
    },
    toggle(line, cursorId) {
      const place = lines.at(line)
      const id = idAt(list, groups, place)
      if (id === null) return
      startAt(place)
      const empty = picked.kind === 'some' && picked.ids.size === 0
      const first = empty && cursorId !== null && cursorId !== id ? some([cursorId]) : picked
      setPicked(toggled(first, id))
    },
    rangeTo(line, cursorLine) {
      const from = start ?? lines.at(Math.max(0, cursorLine))
      if (start === null) startAt(from)
      const to = lines.at(line)
      const first = Math.min(from.at, to.at)
      const last = Math.min(Math.max(from.at, to.at) + 1, first + MOST_PICKED)
      const call = ++newest.current
      list.ids(first, last).then(
        (ids) => call === newest.current && setPicked(some(ids)),
        () => undefined,
      )
    },
  }
}
