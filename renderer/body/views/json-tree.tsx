import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { OutlineRow, OutlineRows, Revealed } from '#renderer/body/document/json-outline.ts'
import type { OpenDocument } from '#renderer/body/document/open-document.ts'
import { useAnswer } from '#renderer/body/document/use-document.ts'
import { matchAt, useReport, type Find } from '#renderer/body/find-state.ts'
import { Pause } from '#renderer/body/pause.tsx'
import type { ViewProps } from '#renderer/body/view.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { TREE_ROW, TreeLine } from './tree-line.tsx'

/** Rows come in blocks of so many. */
const BLOCK = 100
/** No browser scrolls further than 33 million pixels. */
const MOST_ROWS = 1_600_000

/** A JSON value as a tree that opens and closes; every digit and every repeated key is there. */
export function JsonTree({ document, find }: ViewProps) {
  return document ? <Opened key={document.id} document={document} find={find} /> : null
}

function Opened({ document, find }: { document: OpenDocument; find: Find }) {
  const { data, error } = useAnswer(document, 'outline', { from: 0, to: 1 })
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (!data) return <Pause>Reading the tree…</Pause>
  if ('problem' in data) {
    const { line, column, sentence } = data.problem
    return (
      <p className="selectable px-4 py-3 text-amber">
        This is not JSON from line {line}, column {column}: {sentence} Text shows it as it came.
      </p>
    )
  }
  return <Tree document={document} find={find} total={data.total} />
}

/** Which rows are known: those on the screen and some around them. */
function useRows(document: OpenDocument, version: number, first: number, last: number) {
  const from = Math.floor(first / BLOCK) * BLOCK
  const to = (Math.floor(last / BLOCK) + 1) * BLOCK
  const answer = useAnswer(document, 'outline', { from, to }, { version })
  const data: OutlineRows | undefined =
    answer.data && 'rows' in answer.data ? answer.data : undefined
  // While others are fetched, the last ones stand where they stood.
  const [kept, setKept] = useState({ from, rows: data?.rows ?? [] })
  if (data && !answer.isPlaceholderData && kept.rows !== data.rows) {
    setKept({ from, rows: data.rows })
  }
  return kept
}

/** Finds in the whole tree; a match that is gone to is opened up. */
function useTreeFind(document: OpenDocument, find: Find, goTo: (to: Revealed) => void) {
  const term = find.term ?? { text: '', matchCase: false, hex: false }
  const { data, isPlaceholderData } = useAnswer(
    document,
    'findNodes',
    { term },
    { enabled: find.term !== null },
  )
  const known = find.term !== null && data !== undefined && !isPlaceholderData
  const count = known ? data.places.length : 0
  useReport(find, known ? { count, capped: data.capped } : null)
  const place = known ? data.places[matchAt(find, count)] : undefined
  const go = useRef(goTo)
  useEffect(() => {
    go.current = goTo
  })
  useEffect(() => {
    if (!place) return undefined
    let gone = false
    document.ask('reveal', { place }).then(
      (revealed) => !gone && go.current(revealed),
      // The document was closed meanwhile, and the tree with it.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [document, place])
}

function Tree(props: { document: OpenDocument; find: Find; total: number }) {
  const { document, find } = props
  const [version, setVersion] = useState(0)
  const [total, setTotal] = useState(props.total)
  const [active, setActive] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: Math.min(total, MOST_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => TREE_ROW,
    overscan: 20,
  })
  const shown = virtual.getVirtualItems()
  const known = useRows(document, version, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0)
  const rowAt = (index: number): OutlineRow | undefined => known.rows[index - known.from]
  const at = Math.min(active, total - 1)
  const goTo = (index: number) => {
    setActive(index)
    virtual.scrollToIndex(index)
  }
  const [found, setFound] = useState<Revealed | null>(null)
  useTreeFind(document, find, (revealed) => {
    setVersion((before) => before + 1)
    setActive(revealed.index)
    setTotal(revealed.total)
    setFound(revealed)
  })
  // Only once what was opened for it is counted is there such a row to scroll to.
  useEffect(() => {
    if (found) virtual.scrollToIndex(found.index, { align: 'center' })
  }, [found, virtual])
  const toggled = (rows: number) => {
    setTotal(rows)
    setVersion((before) => before + 1)
  }
  const toggle = (path: string) => {
    // The document was closed meanwhile: the tree goes with it.
    document.ask('toggle', { path }).then(toggled, () => undefined)
  }
  const path = rowAt(at)?.path ?? '$'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="tree"
        aria-label="Body as JSON tree"
        tabIndex={0}
        aria-activedescendant={shown.some((item) => item.index === at) ? `json-${at}` : undefined}
        onKeyDown={(event) => {
          const to = movedTo(event, { at, row: rowAt(at), total, toggle })
          if (to === null) return
          event.preventDefault()
          if (to === 'parent') {
            document.ask('parentOf', { index: at }).then(goTo, () => undefined)
          } else goTo(to)
        }}
        className="group/tree min-h-0 flex-1 overflow-auto py-2 focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = rowAt(item.index)
            return row ? (
              <TreeLine
                key={item.key}
                row={row}
                index={item.index}
                top={item.start}
                active={item.index === at}
                term={find.term}
                onPick={() => setActive(item.index)}
                onToggle={() => toggle(row.path)}
              />
            ) : null
          })}
        </div>
      </div>
      <div className="flex h-8 shrink-0 items-center gap-1 border-t border-line pr-2 pl-4 text-sm text-ink-3">
        <span className="wire min-w-0 flex-1 truncate">{visibleStart(path, 400)}</span>
        {total > MOST_ROWS && <span>the first {formatCount(MOST_ROWS)} rows</span>}
        <CopyButton text={path} label="Copy path" />
      </div>
    </div>
  )
}

interface Here {
  at: number
  row: OutlineRow | undefined
  total: number
  toggle: (path: string) => void
}

/** Where a key leads in the tree (ARIA Authoring Practices, tree view); `null`: not one of its keys. */
function movedTo(event: KeyboardEvent, { at, row, total, toggle }: Here): number | 'parent' | null {
  if (event.ctrlKey || event.metaKey || event.altKey || !row) return null
  const canOpen = row.size > 0
  switch (event.key) {
    case 'ArrowDown':
      return Math.min(total - 1, at + 1)
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return total - 1
    case 'ArrowRight':
      if (canOpen && !row.open) toggle(row.path)
      return canOpen && row.open ? at + 1 : at
    case 'ArrowLeft':
      if (!row.open) return 'parent'
      toggle(row.path)
      return at
    case 'Enter':
      if (canOpen) toggle(row.path)
      return at
    default:
      return null
  }
}
