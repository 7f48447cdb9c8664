import {
  useCallback,
  useImperativeHandle,
  type CSSProperties,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type Ref,
} from 'react'
import type { SortColumn } from '#contract/delivery.ts'
import { useDensity } from '#renderer/theme/density.ts'
import { ColumnHeads } from './columns/column-heads.tsx'
import { leastWidth, template, type Column, type ColumnId } from './columns/columns.ts'
import { nextSort, type ListLook } from './columns/use-list-look.ts'
import { ListLines } from './list-lines.tsx'
import type { ListState } from './model/held-list.ts'
import type { LongList } from './model/long-list.ts'
import type { Press } from './rows/delivery-row.tsx'
import { useOpenedGroups } from './rows/use-opened-groups.ts'
import { all, isPicked, type Picked } from './selection/picked.ts'
import { useCursor } from './selection/use-cursor.ts'
import { usePicking } from './selection/use-picking.ts'
import { useListKeys } from './use-list-keys.ts'
import { useRowWindow, type SeenLines } from './window/use-row-window.ts'

const HEAD_HEIGHT = 28
/** Room in front of a row of a grouped list, for what opens it. */
const LEAD_WIDTH = 28

export interface ListGridProps {
  list: LongList
  state: ListState
  look: ListLook
  setLook: (change: Partial<ListLook>) => void
  columns: readonly Column[]
  selectedId: number | null
  onSelect: (id: number) => void
  onOpen: (id: number) => void
  picked: Picked
  setPicked: (picked: Picked) => void
  /** Set to what shows the first row. */
  toTop: Ref<() => void>
  onShowNewest: () => void
}

/** The rows: a grid of any length, of which a few are drawn. */
export function ListGrid(props: ListGridProps) {
  const { list, state, look, setLook, picked, setPicked } = props
  const { grouped } = list.view
  const { rowHeight } = useDensity()
  const { columns } = props
  const lead = grouped ? LEAD_WIDTH : 0
  const groups = useOpenedGroups(list, state)
  const { lines } = groups

  const onSeen = ({ from, to, atTop }: SeenLines) => {
    const last = lines.at(Math.max(from, to - 1))
    list.look(lines.at(from).at, last.at + 1, atTop)
  }
  const size = { count: lines.count, rowHeight, headHeight: HEAD_HEIGHT, moved: state.moved }
  const { scroller, drawn, height, page, onScroll, reveal, toTop } = useRowWindow(size, onSeen)
  useImperativeHandle(props.toTop, () => toTop)

  const cursor = useCursor(list, state, groups, props.selectedId, props.onSelect)
  const picking = usePicking(list, state, groups, picked, setPicked)
  const goTo = (line: number) => {
    picking.alone(line)
    cursor.goTo(line, true)
    reveal(line)
  }
  const extendTo = (line: number) => {
    picking.rangeTo(line, cursor.line)
    cursor.goTo(line, false)
    reveal(line)
  }
  const press = (line: number, { range, add }: Press) => {
    if (range) return extendTo(line)
    if (!add) return goTo(line)
    picking.toggle(line, cursor.cursor?.id ?? null)
    return cursor.goTo(line, false)
  }
  const toggleGroup = (line: number) => {
    const { at } = lines.at(line)
    const row = list.rowAt(at)
    if (row && (row.attempts ?? 1) > 1) groups.toggle(row, at)
  }
  useListKeys({
    line: cursor.line,
    count: lines.count,
    page,
    goTo,
    extendTo,
    open: () => {
      const id = cursor.cursor?.id ?? props.selectedId
      if (id !== null) props.onOpen(id)
    },
    toggleRow: () => cursor.line >= 0 && picking.toggle(cursor.line, null),
    selectAll: () => setPicked(all(list.upToId)),
    showNewest: props.onShowNewest,
  })

  /** Opens and closes a message, as trees do. */
  const onKeyDown = (event: KeyboardEvent) => {
    const right = event.key === 'ArrowRight'
    if (!grouped || cursor.cursor === null || (!right && event.key !== 'ArrowLeft')) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    event.preventDefault()
    const { at, attempt } = cursor.cursor
    const row = list.rowAt(at)
    if (attempt !== null && !right) return goTo(lines.of({ at, attempt: null }))
    if (!row || attempt !== null) return
    const open = groups.isOpen(row)
    if (open !== right) toggleGroup(cursor.line)
    else if (open) goTo(cursor.line + 1)
  }

  // Rows are drawn anew only when they change: what they call stays the same.
  const latest = useRef({ press, toggleGroup })
  useLayoutEffect(() => {
    latest.current = { press, toggleGroup }
  })
  const onPress = useCallback((line: number, held: Press) => latest.current.press(line, held), [])
  const onToggle = useCallback((line: number) => latest.current.toggleGroup(line), [])
  const onSort = useCallback((sort: SortColumn) => setLook(nextSort(look, sort)), [look, setLook])
  const onResize = useCallback(
    (id: ColumnId, given: number | undefined) => {
      const { [id]: _, ...others } = look.widths
      setLook({ widths: given === undefined ? others : { ...others, [id]: given } })
    },
    [look, setLook],
  )
  const someIds = picked.kind === 'some' ? picked.ids : null
  const isSelected = (id: number) =>
    someIds?.size === 0 ? id === props.selectedId : isPicked(picked, id)
  const activeId = cursor.cursor?.id ?? null
  const activeElement = `${cursor.cursor?.attempt === null ? 'delivery' : 'attempt'}-${activeId}`
  const tracks: CSSProperties & Record<'--columns', string> = {
    '--columns': template(columns, look.widths, lead),
  }
  // What was deleted is still the cursor's for a moment, but no row of the list any more.
  const stands = cursor.cursor?.attempt !== null || list.rowAt(cursor.cursor.at)?.id === activeId
  const isDrawn = stands && cursor.line >= drawn.first && cursor.line < drawn.last
  return (
    <div
      id="delivery-grid"
      role={grouped ? 'treegrid' : 'grid'}
      aria-label="Deliveries"
      aria-multiselectable
      aria-rowcount={state.complete ? lines.count + 1 : -1}
      aria-activedescendant={isDrawn && activeId !== null ? activeElement : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/grid flex min-h-0 flex-1 flex-col outline-none [&:focus-visible:not([aria-activedescendant])]:outline-2 [&:focus-visible:not([aria-activedescendant])]:-outline-offset-2 [&:focus-visible:not([aria-activedescendant])]:outline-focus [&:focus-visible:not([aria-activedescendant])]:outline-solid"
    >
      <div
        ref={scroller}
        onScroll={onScroll}
        role="rowgroup"
        className="min-h-0 flex-1 overflow-auto [overflow-anchor:none] [scrollbar-gutter:stable]"
        style={tracks}
      >
        <div role="presentation" style={{ minWidth: leastWidth(columns, look.widths, lead) }}>
          <ColumnHeads
            columns={columns}
            look={look}
            grouped={grouped}
            height={HEAD_HEIGHT}
            onSort={onSort}
            onResize={onResize}
          />
          <div role="presentation" className="relative" style={{ height: height }}>
            <ListLines
              list={list}
              groups={groups}
              columns={columns}
              drawn={drawn}
              rowHeight={rowHeight}
              isSelected={isSelected}
              activeLine={cursor.line}
              onPress={onPress}
              onToggle={onToggle}
            />
          </div>
        </div>
      </div>
    </div>
  )
}
