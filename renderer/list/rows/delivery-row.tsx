import { ChevronRight } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { DeliveryRow as Row } from '#contract/delivery.ts'
import type { Column } from '#renderer/list/columns/columns.ts'
import { cells } from './cells.tsx'
import { OwnMarks, RepeatMark } from './row-marks.tsx'

/** A press on a row, with the keys that were held. */
export interface Press {
  readonly range: boolean
  readonly add: boolean
}

export interface RowProps {
  row: Row
  columns: readonly Column[]
  /** Where it stands: the line of the list, its top in pixels and its height. */
  line: number
  top: number
  rowHeight: number
  colour: number | null
  selected: boolean
  /** The keyboard is at this row. */
  active: boolean
  /** In a grouped list: whether it is opened; `null`: there is nothing to open. */
  opened: boolean | null
  grouped: boolean
  onPress: (line: number, press: Press) => void
  onToggle: (line: number) => void
}

/** What a row of any kind looks like when it is selected or the keyboard is at it. */
export function rowLook(selected: boolean, active: boolean): string {
  const edge = selected ? 'shadow-[inset_2px_0_0_var(--accent)]' : ''
  const ring = active
    ? 'group-focus-visible/grid:outline-1 group-focus-visible/grid:-outline-offset-1 group-focus-visible/grid:outline-focus'
    : ''
  return `${selected ? 'bg-accent-soft' : 'hover:bg-hover'} ${edge} ${ring}`
}

export const rowClass =
  'absolute inset-x-0 grid items-center gap-x-3 border-b border-line/60 px-3 [contain:layout_style_paint] [grid-template-columns:var(--columns)]'

export function pressOf(event: MouseEvent): Press {
  return { range: event.shiftKey, add: event.ctrlKey || event.metaKey }
}

function Opener({
  row,
  opened,
  onToggle,
}: Pick<RowProps, 'row' | 'opened'> & { onToggle: () => void }) {
  if (opened === null) return <span role="gridcell" />
  return (
    <span role="gridcell" className="flex items-center">
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${opened ? 'Hide' : 'Show'} ${row.attempts} attempts`}
        onMouseDown={(event) => {
          event.preventDefault()
          event.stopPropagation()
          onToggle()
        }}
        className="-ml-1.5 flex h-6 items-center gap-0.5 rounded-sm px-1 text-xs font-medium text-ink-2 hover:bg-line"
      >
        <ChevronRight size={12} aria-hidden className={opened ? 'rotate-90' : ''} />
        {row.attempts}
      </button>
    </span>
  )
}

/** One delivery in the list. Everything that the sender wrote is shown with nothing hidden in it. */
export const DeliveryRow = memo(function DeliveryRow(props: RowProps) {
  const { row, columns, line, selected, grouped, opened } = props
  const has = (id: string) => columns.some((column) => column.id === id)
  const inline = (
    <>
      {!has('marks') && <OwnMarks row={row} short />}
      {!has('duplicate') && <RepeatMark row={row} />}
    </>
  )
  const inlineAt = has('type') ? 'type' : 'path'
  return (
    // The grid holds the focus and names its active row; rows take only the pointer.
    <div
      role="row"
      id={`delivery-${row.id}`}
      aria-rowindex={line + 2}
      aria-selected={selected}
      aria-level={grouped ? 1 : undefined}
      aria-expanded={grouped && opened !== null ? opened : undefined}
      onMouseDown={(event) => event.button === 0 && props.onPress(line, pressOf(event))}
      className={`${rowClass} ${rowLook(selected, props.active)}`}
      style={{ height: props.rowHeight, transform: `translateY(${props.top}px)` }}
    >
      {grouped && <Opener row={row} opened={opened} onToggle={() => props.onToggle(line)} />}
      {columns.map(({ id, toRight, apart }) => {
        const Cell = cells[id]
        return (
          <span
            key={id}
            role="gridcell"
            className={`min-w-0 overflow-hidden ${toRight ? 'text-right' : ''} ${apart ? 'pl-1' : ''}`}
          >
            <Cell
              row={row}
              colour={props.colour}
              inline={id === inlineAt ? inline : null}
              methodInPath={!has('method')}
            />
          </span>
        )
      })}
    </div>
  )
})
