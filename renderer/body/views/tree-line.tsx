import { ChevronRight } from 'lucide-react'
import type { FindTerm } from '#renderer/body/document/find.ts'
import type { OutlineRow } from '#renderer/body/document/json-outline.ts'
import { Highlighted } from './highlighted.tsx'

/** Height of a line in pixels. */
export const TREE_ROW = 20

function Value({ row, term }: { row: OutlineRow; term: FindTerm | null }) {
  const { kind, source, size, open } = row
  switch (kind) {
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
      return (
        <bdi className="text-green">
          <Highlighted text={source} most={2_000} term={term} />
        </bdi>
      )
    case 'number':
    case 'word':
    default:
      return (
        <span className={kind === 'number' ? 'text-orange' : 'text-violet'}>
          <Highlighted text={source} most={2_000} term={term} />
        </span>
      )
  }
}

interface LineProps {
  row: OutlineRow
  index: number
  top: number
  active: boolean
  term: FindTerm | null
  onPick: () => void
  onToggle: () => void
}

/** One line of the tree. */
export function TreeLine({ row, index, top, active, term, onPick, onToggle }: LineProps) {
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
        height: TREE_ROW,
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
          <bdi className="text-blue">
            <Highlighted text={row.label} most={400} term={term} />
          </bdi>
          <span className="text-ink-3">:</span>
        </span>
      )}
      <Value row={row} term={term} />
      {row.repeated && (
        <span className="soft-amber rounded-sm px-1 font-sans text-xs text-amber">
          repeated key
        </span>
      )}
    </div>
  )
}
