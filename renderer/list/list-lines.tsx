import { useMemo, type ReactNode } from 'react'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import type { Column } from './columns/columns.ts'
import type { LongList } from './model/long-list.ts'
import { AttemptRow } from './rows/attempt-row.tsx'
import { DeliveryRow, type RowProps } from './rows/delivery-row.tsx'
import { SkeletonRow } from './rows/skeleton-row.tsx'
import type { OpenedGroups } from './rows/use-opened-groups.ts'
import type { DrawnLines } from './window/use-row-window.ts'

interface Props extends Pick<RowProps, 'onPress' | 'onToggle' | 'rowHeight'> {
  list: LongList
  groups: OpenedGroups
  columns: readonly Column[]
  drawn: DrawnLines
  isSelected: (id: number) => boolean
  activeLine: number
}

/** The lines that are near what is seen. */
export function ListLines(props: Props) {
  const { list, groups, drawn, rowHeight, columns, isSelected } = props
  const endpoints = useEndpoints()
  const colours = useMemo(
    () => new Map(endpoints.map((endpoint) => [endpoint.id, endpoint.colour])),
    [endpoints],
  )
  const { grouped } = list.view
  const seen = new Set<number>()
  const result: ReactNode[] = []
  const last = Math.min(drawn.last, groups.lines.count)
  for (let line = drawn.first; line < last; line += 1) {
    const { at, attempt } = groups.lines.at(line)
    const place = { line, top: line * rowHeight + drawn.shift, rowHeight }
    const active = line === props.activeLine
    const row = list.rowAt(at)
    if (attempt !== null) {
      const attempts = groups.attemptsAt(at)
      const shown = attempts[attempt]
      const before = attempts[attempt - 1]
      if (!shown) continue
      result.push(
        <AttemptRow
          key={`attempt ${shown.id}`}
          attempt={shown}
          index={attempt}
          of={attempts.length}
          gapMs={before ? shown.receivedAtMs - before.receivedAtMs : null}
          selected={isSelected(shown.id)}
          active={active}
          onPress={props.onPress}
          {...place}
        />,
      )
    } else if (row) {
      // Between a change and the next count a row may stand in two places for a moment.
      const key = seen.has(row.id) ? `${row.id} again at ${line}` : row.id
      seen.add(row.id)
      result.push(
        <DeliveryRow
          key={key}
          row={row}
          columns={columns}
          colour={row.endpointId === null ? null : (colours.get(row.endpointId) ?? 0)}
          selected={isSelected(row.id)}
          active={active}
          grouped={grouped}
          opened={grouped && (row.attempts ?? 1) > 1 ? groups.isOpen(row) : null}
          onPress={props.onPress}
          onToggle={props.onToggle}
          {...place}
        />,
      )
    } else {
      result.push(
        <SkeletonRow
          // Used again for whatever line comes to this place while somebody drags.
          key={`skeleton ${line - drawn.first}`}
          columns={columns}
          grouped={grouped}
          {...place}
        />,
      )
    }
  }
  return result
}
