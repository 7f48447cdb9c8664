import { memo } from 'react'
import type { Column } from '#renderer/list/columns/columns.ts'
import { rowClass } from './delivery-row.tsx'

interface Props {
  columns: readonly Column[]
  grouped: boolean
  line: number
  top: number
  rowHeight: number
}

/** A row that is not loaded yet: as tall as it will be, so that nothing moves when it comes. */
export const SkeletonRow = memo(function SkeletonRow(props: Props) {
  const { columns, grouped, line, top, rowHeight } = props
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      aria-busy
      className={rowClass}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      {grouped && <span role="gridcell" />}
      {columns.map(({ id }) => (
        <span key={id} role="gridcell" className="h-2 w-4/5 rounded-sm bg-line/70" />
      ))}
    </div>
  )
})
