import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { KeyboardEvent } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { Button } from '#renderer/controls/button.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { formatCount } from '#renderer/words/format.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { columnsClass, DeliveryRow } from './delivery-row.tsx'
import { DeliveryWindow } from './delivery-window.ts'
import { moveByKey } from './move-by-key.ts'
import { useScrollbarWidth } from './scrollbar-width.ts'

const ROW_HEIGHT = 32

/** The rows of a filter, kept up to date while it is shown. */
function useDeliveryWindow(filter: DeliveryFilter) {
  const held = useMemo(() => new DeliveryWindow(client, filter), [filter])
  const state = useSyncExternalStore(held.subscribe, held.state)
  useEffect(() => {
    held.reload()
    return onChange((change) => {
      if (change === 'everything') return held.reload()
      if (change.arrived > 0) held.arrived(change.arrived)
      if (change.judged || change.endpoints) held.refresh()
      return undefined
    })
  }, [held])
  return { held, state }
}

interface Props {
  filter: DeliveryFilter
  selectedId: number | null
  onSelect: (id: number) => void
  /** Enter: go on to the detail. */
  onOpen: (id: number) => void
  /** Shown in place of rows when there are none. */
  empty: React.ReactNode
}

/** The list of deliveries: virtual rows over a bounded window, newest first. */
export function DeliveryList({ filter, selectedId, onSelect, onOpen, empty }: Props) {
  const { held, state } = useDeliveryWindow(filter)
  const endpoints = useEndpoints()
  const colours = useMemo(
    () => new Map(endpoints.map((endpoint) => [endpoint.id, endpoint.colour])),
    [endpoints],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const scrollbarWidth = useScrollbarWidth(scroller)
  const { rows, olderBelow, newerAbove } = state.window
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  })

  // What is under the eye stays there when rows come or go above it.
  useLayoutEffect(() => {
    if (state.shift !== 0 && scroller.current) {
      scroller.current.scrollTop += state.shift * ROW_HEIGHT
    }
  }, [state])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const first = Math.floor(element.scrollTop / ROW_HEIGHT)
    const last = Math.ceil((element.scrollTop + element.clientHeight) / ROW_HEIGHT)
    const wasAtTop = held.atTop
    held.atTop = element.scrollTop < ROW_HEIGHT / 2
    held.setVisible(first, last)
    if (held.atTop && !wasAtTop && state.unseen > 0 && !newerAbove) held.arrived(0)
    if (first < 60 && newerAbove) held.loadNewer()
    if (last > rows.length - 60 && olderBelow) held.loadOlder()
  }

  const showNewest = () => {
    held.atTop = true
    scroller.current?.scrollTo({ top: 0 })
    held.reload()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = rows.findIndex((row) => row.id === selectedId)
    if (event.key === 'Enter' && selectedId !== null) {
      event.preventDefault()
      onOpen(selectedId)
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / ROW_HEIGHT) - 2)
    const to = moveByKey(event.key, at, rows.length, page)
    const row = to === null ? undefined : rows[to]
    if (to === null || !row) return
    event.preventDefault()
    onSelect(row.id)
    virtual.scrollToIndex(to)
  }

  const shown = virtual.getVirtualItems()
  const selectedShown = shown.some((item) => rows[item.index]?.id === selectedId)
  if (state.phase === 'failed') {
    return <ListError error={state.error} onRetry={() => held.reload()} />
  }
  if (state.phase === 'ready' && rows.length === 0) return <>{empty}</>
  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col">
      <div
        id="delivery-grid"
        role="grid"
        aria-label="Deliveries"
        aria-rowcount={olderBelow || newerAbove ? -1 : rows.length + 1}
        aria-activedescendant={selectedShown ? `delivery-${selectedId}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="group/grid flex min-h-0 flex-1 flex-col outline-none"
      >
        <ColumnHeads scrollbarWidth={scrollbarWidth} />
        <div
          ref={scroller}
          onScroll={onScroll}
          role="rowgroup"
          className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
        >
          <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
            {shown.map((item) => {
              const row = rows[item.index]
              if (!row) return null
              return (
                <DeliveryRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  rowHeight={ROW_HEIGHT}
                  colour={row.endpointId === null ? null : (colours.get(row.endpointId) ?? 0)}
                  selected={row.id === selectedId}
                  onPress={onSelect}
                />
              )
            })}
          </div>
        </div>
      </div>
      {state.error !== null && <ListError error={state.error} onRetry={() => held.reload()} />}
      {state.unseen > 0 && (
        <button
          type="button"
          onClick={showNewest}
          className="appear float-shadow absolute top-10 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 text-sm font-medium text-accent-ink"
        >
          <ArrowUp size={13} aria-hidden /> {formatCount(state.unseen)} new
        </button>
      )}
    </div>
  )
}

function ListError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="flex items-center gap-3 border-t border-line px-4 py-2">
      <p className="selectable min-w-0 flex-1 text-red">{errorSentence(error)}</p>
      <Button small onPress={onRetry}>
        Read again
      </Button>
    </div>
  )
}

const heads = [
  ['Time', ''],
  ['Endpoint', ''],
  ['Request', ''],
  ['Event', ''],
  ['Repeat', 'hidden @5xl:block'],
  ['Status', 'hidden text-right @5xl:block'],
  ['Size', 'text-right'],
  ['Verdict', ''],
] as const

function ColumnHeads({ scrollbarWidth }: { scrollbarWidth: number }) {
  return (
    <div role="rowgroup" className="border-b border-line" style={{ paddingRight: scrollbarWidth }}>
      <div role="row" aria-rowindex={1} className={`h-7 text-xs text-ink-3 ${columnsClass}`}>
        {heads.map(([name, look]) => (
          <span key={name} role="columnheader" className={look}>
            {name}
          </span>
        ))}
      </div>
    </div>
  )
}
