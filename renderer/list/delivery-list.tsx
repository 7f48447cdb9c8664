import { ArrowUp } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { DeliveryFilter, ListView } from '#contract/delivery.ts'
import { go } from '#renderer/app/location.ts'
import { useCommand } from '#renderer/commands/use-command.ts'
import { otherOpened } from '#renderer/detail/opened-before.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount } from '#renderer/words/format.ts'
import { ArrivalNews } from './arrival-news.tsx'
import { ColumnChooser } from './columns/column-chooser.tsx'
import { shownColumns } from './columns/columns.ts'
import { useListLook } from './columns/use-list-look.ts'
import { deliveriesOf, listCount, selectedWords } from './count-words.ts'
import { ListGrid } from './list-grid.tsx'
import { ListHead } from './list-head.tsx'
import { SearchLine } from './search-line.tsx'
import { countOf, isPicked, nothing, selectionOf, type Picked } from './selection/picked.ts'
import { exportAll, exportSelected } from './selection/export-selected.ts'
import { replaySelected } from './selection/replay-selected.ts'
import { compare, SelectionBar } from './selection/selection-bar.tsx'
import { useListActions } from './selection/use-list-actions.ts'
import { useLongList } from './use-long-list.ts'
import { useWidth } from './window/use-width.ts'

const leave = () => go({ deliveryId: null }, { replace: true })

const TagDialog = lazy(async () => import('./selection/tag-dialog.tsx'))

interface Props {
  filter: DeliveryFilter
  selectedId: number | null
  onSelect: (id: number) => void
  /** Enter: go on to the detail. */
  onOpen: (id: number) => void
  /** Shown in place of rows when there are none. */
  empty: React.ReactNode
}

/** The list of deliveries: any number of them, newest first or as somebody sorted them. */
export function DeliveryList({ filter, selectedId, onSelect, onOpen, empty }: Props) {
  const [look, setLook] = useListLook()
  const { sort, ascending, grouped } = look
  const view = useMemo<ListView>(
    () => ({ filter, sort, ascending, grouped }),
    [filter, sort, ascending, grouped],
  )
  const { list, state } = useLongList(view)
  const [width, frame] = useWidth()
  const [picked, setPicked] = useState<Picked>(nothing)
  const [choosing, setChoosing] = useState(false)
  const [tagging, setTagging] = useState(false)
  const toTop = useRef<() => void>(null)
  const actions = useListActions(list, filter, picked, selectedId, () => setPicked(nothing))
  const selecting = selectionOf(picked, filter) !== null
  const acting = actions.selection !== null
  const ids = picked.kind === 'some' ? [...picked.ids] : []
  const { paused, unseen, end, complete } = state
  const total = end + (sort === 'time' && !ascending ? Math.max(0, unseen - state.top) : 0)

  const showNewest = () => {
    toTop.current?.()
    list.showNewest()
  }
  const pause = useCallback((on: boolean) => (on ? list.pause() : list.resume()), [list])
  const group = useCallback((on: boolean) => setLook({ grouped: on }), [setLook])
  const remove = () => {
    actions.remove()
    if (selectedId === null) return
    if (selecting) return isPicked(picked, selectedId) ? leave() : undefined
    // On to the one that comes up from below, as in a mailbox.
    const at = list.find(selectedId)
    const next = at === null ? undefined : (list.rowAt(at + 1) ?? list.rowAt(at - 1))
    return next ? onSelect(next.id) : leave()
  }
  const chosenCount = selecting ? selectedWords(picked, total, complete, grouped) : ''
  const replay = () =>
    replaySelected({ list, picked, filter, total, counted: complete && !grouped })
  const counted = complete && !grouped
  const exportEach = useCallback(
    () => exportAll({ filter, upToId: list.upToId, total, counted }),
    [filter, list, total, counted],
  )
  const exportThese = () => {
    const { selection } = actions
    if (selection === null) exportEach()
    else exportSelected({ selection, picked, total, counted })
  }
  useCommand('list.export', exportThese)
  useCommand('list.pause', () => pause(!paused))
  useCommand('list.group', () => group(!grouped))
  useCommand('list.columns', () => setChoosing(true))
  useCommand('delivery.pin', actions.togglePin, acting)
  useCommand('delivery.tag', () => setTagging(true), acting)
  useCommand('delivery.delete', remove, acting)
  useCommand('delivery.replay', replay, selecting)
  // Without two that are selected, the one that is open and the one that was open before it.
  const before = selectedId === null ? null : otherOpened(selectedId)
  const pair = ids.length === 2 ? ids : before === null ? [] : [before, selectedId ?? before]
  useCommand('delivery.compare', () => compare(pair), pair.length === 2)
  useCommand('delivery.close', () => setPicked(nothing), selecting)

  const shown = useMemo(() => shownColumns(look, width), [look, width])
  const chooser = useMemo(
    () => (
      <ColumnChooser
        open={choosing}
        onOpenChange={setChoosing}
        shown={new Set(shown.map(({ id }) => id))}
        chosen={look.shown !== null || Object.keys(look.widths).length > 0}
        onChange={(columns) => setLook({ shown: columns })}
        onReset={() => setLook({ shown: null, widths: {} })}
      />
    ),
    [choosing, shown, look, setLook],
  )
  const selection = selecting ? (
    <SelectionBar
      picked={picked}
      sentence={chosenCount}
      actions={actions}
      onReplay={replay}
      onDelete={remove}
      onTag={() => setTagging(true)}
      onExport={exportThese}
      onClear={() => setPicked(nothing)}
    />
  ) : null
  const none = state.phase === 'ready' && complete && end === state.top && !paused
  const news = <ArrivalNews filter={filter} />
  if (state.phase === 'failed' || none) {
    return (
      <>
        {none ? empty : <ListError error={state.error} onRetry={() => list.reload()} />}
        {news}
      </>
    )
  }
  return (
    <>
      <div
        ref={frame}
        data-pane="list"
        className="@container relative flex min-h-0 flex-1 flex-col"
      >
        <ListHead
          count={state.phase === 'loading' ? '' : listCount(total, state, grouped)}
          paused={paused}
          unseen={unseen}
          grouped={grouped}
          onPause={pause}
          onGroup={group}
          onExport={exportEach}
          onClear={actions.clear}
          chooser={chooser}
          selection={selection}
        />
        <ListGrid
          list={list}
          state={state}
          look={look}
          setLook={setLook}
          columns={shown}
          selectedId={selectedId}
          onSelect={onSelect}
          onOpen={onOpen}
          picked={picked}
          setPicked={setPicked}
          toTop={toTop}
          onShowNewest={showNewest}
        />
        {state.search && (
          <SearchLine
            search={state.search}
            byTime={sort === 'time'}
            onStop={() => list.stopSearch()}
            onGoOn={() => list.keepSearching()}
          />
        )}
        {state.error !== null && <ListError error={state.error} onRetry={() => list.reload()} />}
        {actions.error !== null && <ListError error={actions.error} />}
        {unseen > 0 && !paused && <NewsPill unseen={unseen} onPress={showNewest} />}
        {tagging && (
          <Suspense fallback={null}>
            <TagDialog
              what={deliveriesOf(selecting ? countOf(picked, total) : 1)}
              present={actions.tags}
              onAdd={(tag) => actions.mark({ addTags: [tag] })}
              onRemove={(tag) => actions.mark({ removeTags: [tag] })}
              onClose={() => setTagging(false)}
            />
          </Suspense>
        )}
      </div>
      {news}
    </>
  )
}

function NewsPill({ unseen, onPress }: { unseen: number; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="appear float-shadow absolute top-19 left-1/2 z-20 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 text-sm font-medium text-accent-ink"
    >
      <ArrowUp size={13} aria-hidden /> {formatCount(unseen)} new
    </button>
  )
}

function ListError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div role="alert" className="flex items-center gap-3 border-t border-line px-4 py-2">
      <p className="selectable min-w-0 flex-1 text-red">{errorSentence(error)}</p>
      {onRetry && (
        <Button small onPress={onRetry}>
          Read again
        </Button>
      )}
    </div>
  )
}
