import { useRef } from 'react'
import type { LongList } from '#renderer/list/model/long-list.ts'
import type { OpenedGroups } from '#renderer/list/rows/use-opened-groups.ts'
import { idAt } from './use-cursor.ts'
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
  groups: OpenedGroups,
  picked: Picked,
  setPicked: (picked: Picked) => void,
): Picking {
  const start = useRef<{ at: number } | null>(null)
  const newest = useRef(0)
  const { lines } = groups
  return {
    alone(line) {
      start.current = lines.at(line)
      if (picked !== nothing) setPicked(nothing)
    },
    toggle(line, cursorId) {
      const place = lines.at(line)
      const id = idAt(list, groups, place)
      if (id === null) return
      start.current = place
      const empty = picked.kind === 'some' && picked.ids.size === 0
      const first = empty && cursorId !== null && cursorId !== id ? some([cursorId]) : picked
      setPicked(toggled(first, id))
    },
    rangeTo(line, cursorLine) {
      const from = start.current ?? lines.at(Math.max(0, cursorLine))
      start.current = from
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
