import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import type { JsonNode } from './json-parse.ts'
import { jsonRows, type JsonRow } from './json-rows.ts'

const ROW = 20

function Value({ row }: { row: JsonRow }) {
  const { node, size, open } = row
  switch (node.kind) {
    case 'object':
      return (
        <span className="text-ink-3">
          {open ? '' : `{${size === 0 ? '' : '…'}} `}
          {size} {size === 1 ? 'key' : 'keys'}
        </span>
      )
    case 'array':
      return (
        <span className="text-ink-3">
          {open ? '' : `[${size === 0 ? '' : '…'}] `}
          {size} {size === 1 ? 'item' : 'items'}
        </span>
      )
    case 'string':
      return <bdi className="text-green">{visibleStart(node.source, 2000)}</bdi>
    case 'number':
      return <span className="text-orange">{visibleStart(node.source, 2000)}</span>
    case 'word':
    default:
      return <span className="text-violet">{node.source}</span>
  }
}

function useTreeKeys(rows: JsonRow[], toggle: (path: string) => void) {
  const [active, setActive] = useState(0)
  const at = Math.min(active, rows.length - 1)
  const row = rows[at]
  const parent = () => {
    for (let index = at - 1; index >= 0; index -= 1) {
      if ((rows[index]?.depth ?? 0) < (row?.depth ?? 0)) return index
    }
    return 0
  }
  const onKeyDown = (event: KeyboardEvent, scrollTo: (index: number) => void) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return
    const moves: Record<string, () => number> = {
      ArrowDown: () => Math.min(rows.length - 1, at + 1),
      ArrowUp: () => Math.max(0, at - 1),
      Home: () => 0,
      End: () => rows.length - 1,
      ArrowRight: () => {
        if (row.size > 0 && !row.open) toggle(row.path)
        return row.open ? at + 1 : at
      },
      ArrowLeft: () => {
        if (!row.open) return parent()
        toggle(row.path)
        return at
      },
      Enter: () => {
        if (row.size > 0) toggle(row.path)
        return at
      },
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    const to = move()
    setActive(to)
    scrollTo(to)
  }
  return { at, setActive, onKeyDown }
}

/** A JSON value as a tree that opens and closes; every digit and every repeated key is there. */
export function JsonTree({ root }: { root: JsonNode }) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => jsonRows(root, toggled), [root, toggled])
  const scroller = useRef<HTMLDivElement>(null)
  const toggle = (path: string) => {
    const next = new Set(toggled)
    if (!next.delete(path)) next.add(path)
    setToggled(next)
  }
  const { at, setActive, onKeyDown } = useTreeKeys(rows, toggle)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
  })
  const shown = virtual.getVirtualItems()
  const path = rows[at]?.path ?? '$'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="tree"
        aria-label="Body as JSON tree"
        tabIndex={0}
        aria-activedescendant={shown.some((item) => item.index === at) ? `json-${at}` : undefined}
        onKeyDown={(event) => onKeyDown(event, (index) => virtual.scrollToIndex(index))}
        className="group/tree min-h-0 flex-1 overflow-auto py-2 focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <TreeLine
                key={item.key}
                row={row}
                index={item.index}
                top={item.start}
                active={item.index === at}
                onPick={() => setActive(item.index)}
                onToggle={() => toggle(row.path)}
              />
            )
          })}
        </div>
      </div>
      <div className="flex h-8 items-center gap-1 border-t border-line pr-2 pl-4 text-sm text-ink-3">
        <span className="wire min-w-0 flex-1 truncate">{visibleStart(path, 400)}</span>
        <CopyButton text={path} label="Copy path" />
      </div>
    </div>
  )
}

interface LineProps {
  row: JsonRow
  index: number
  top: number
  active: boolean
  onPick: () => void
  onToggle: () => void
}

function TreeLine({ row, index, top, active, onPick, onToggle }: LineProps) {
  const expandable = row.size > 0
  return (
    <div
      role="treeitem"
      id={`json-${index}`}
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={active}
      {...(expandable ? { 'aria-expanded': row.open } : {})}
      onMouseDown={onPick}
      onDoubleClick={() => expandable && onToggle()}
      className={`wire absolute flex min-w-full items-center gap-1.5 pr-4 whitespace-pre ${active ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      style={{
        height: ROW,
        transform: `translateY(${top}px)`,
        paddingLeft: 10 + row.depth * 16,
      }}
    >
      <span
        aria-hidden
        onMouseDown={() => expandable && onToggle()}
        className="flex size-4 shrink-0 items-center justify-center text-ink-3"
      >
        {expandable && (
          <ChevronRight size={12} className={row.open ? 'rotate-90' : ''} strokeWidth={2.5} />
        )}
      </span>
      {row.label !== null && (
        <span>
          <bdi className="text-blue">{visibleStart(row.label, 400)}</bdi>
          <span className="text-ink-3">:</span>
        </span>
      )}
      <Value row={row} />
      {row.repeated && (
        <span className="soft-amber rounded-sm px-1 font-sans text-xs text-amber">
          repeated key
        </span>
      )}
    </div>
  )
}
