import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { SortColumn } from '#contract/delivery.ts'
import { LEAST_WIDTH, MOST_WIDTH, widthWithin, type Column, type ColumnId } from './columns.ts'
import type { ListLook } from './use-list-look.ts'

const STEP = 8

interface GripProps {
  column: Column
  width: number | undefined
  onResize: (width: number | undefined) => void
}

/** The edge of a column: drag it, use the arrow keys, double-click for the usual width. */
function Grip({ column, width, onResize }: GripProps) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const shownWidth = (element: Element) =>
    element.parentElement?.getBoundingClientRect().width ?? column.width
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: shownWidth(event.currentTarget) }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!start.current) return
    onResize(widthWithin(start.current.width + event.clientX - start.current.x))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLSpanElement>) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onResize(widthWithin(shownWidth(event.currentTarget) + step))
  }
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.name}`}
      aria-valuenow={width ?? column.width}
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null
      }}
      onDoubleClick={() => onResize(undefined)}
      onKeyDown={onKeyDown}
      className="group/grip absolute inset-y-0 -right-3 z-10 flex w-3 cursor-col-resize touch-none items-center justify-center outline-none"
    >
      <span className="h-3.5 w-px bg-transparent group-hover/heads:bg-line-strong group-hover/grip:bg-accent group-focus-visible/grip:h-full group-focus-visible/grip:w-0.75 group-focus-visible/grip:bg-focus" />
    </span>
  )
}

interface Props {
  columns: readonly Column[]
  look: ListLook
  grouped: boolean
  height: number
  onSort: (sort: SortColumn) => void
  onResize: (id: ColumnId, width: number | undefined) => void
}

function ariaSort({ sort }: Column, look: ListLook): 'ascending' | 'descending' | undefined {
  if (sort === undefined || sort !== look.sort) return undefined
  return look.ascending ? 'ascending' : 'descending'
}

function HeadText({ column, look, onSort }: { column: Column } & Pick<Props, 'look' | 'onSort'>) {
  const { sort, head, name } = column
  if (sort === undefined) return <span className="truncate">{head}</span>
  const direction = ariaSort(column, look)
  // The newest first is how every list begins: no need to say it.
  const told = direction !== undefined && !(sort === 'time' && direction === 'descending')
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <button
      type="button"
      title={`Sort by ${name.toLowerCase()}`}
      onClick={() => onSort(sort)}
      className={`flex min-w-0 items-center gap-0.5 rounded-sm hover:text-ink ${told ? 'font-medium text-ink' : ''}`}
    >
      <span className="truncate">{head}</span>
      {told && <Arrow size={11} aria-hidden className="shrink-0" />}
    </button>
  )
}

/** The heads of the columns: sort by a click, size by their edges. */
export const ColumnHeads = memo(function ColumnHeads(props: Props) {
  const { columns, look, grouped, height, onResize } = props
  return (
    <div
      role="row"
      aria-rowindex={1}
      style={{ height }}
      className="group/heads sticky top-0 z-10 grid items-center gap-x-3 border-b border-line bg-surface px-3 text-xs text-ink-3 [grid-template-columns:var(--columns)]"
    >
      {grouped && (
        <span role="columnheader" title="Attempts">
          <span aria-hidden>×</span>
          <span className="sr-only">Attempts</span>
        </span>
      )}
      {columns.map((column) => (
        <span
          key={column.id}
          role="columnheader"
          aria-sort={ariaSort(column, look)}
          className={`relative flex h-full min-w-0 items-center ${column.toRight ? 'justify-end' : ''} ${column.apart ? 'pl-1' : ''}`}
        >
          <HeadText column={column} look={look} onSort={props.onSort} />
          <Grip
            column={column}
            width={look.widths[column.id]}
            onResize={(width) => onResize(column.id, width)}
          />
        </span>
      ))}
    </div>
  )
})
