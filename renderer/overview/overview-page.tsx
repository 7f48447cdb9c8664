import { useCallback, useMemo, useState } from 'react'
import type { View } from '#renderer/app/location.ts'
import { go, openDelivery } from '#renderer/app/location.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount } from '#renderer/words/format.ts'
import { ArrivalsPicture } from './arrivals-picture.tsx'
import { BytesPicture } from './bytes-picture.tsx'
import { EmptyOverview } from './empty-overview.tsx'
import { LatencyPicture } from './latency-picture.tsx'
import { OverviewBar } from './overview-bar.tsx'
import { countOf, shownOf, totalOf } from './overview-sum.ts'
import { OverviewTables } from './overview-tables.tsx'
import type { Span } from './picture.tsx'
import { RetriesPicture } from './retries-picture.tsx'
import { SelectedSpan } from './selected-span.tsx'
import { SkewPicture } from './skew-picture.tsx'
import { readRange, spanQuery, writeSpan } from './time-range.ts'
import { useExpectations } from './use-expectations.tsx'
import { useOverview } from './use-overview.ts'

type OverviewView = Extract<View, { kind: 'overview' }>

const views = [
  { id: 'pictures', name: 'Pictures' },
  { id: 'table', name: 'Table' },
] as const

/** Shows the deliveries of a span in the list, of the endpoint that the pictures are of. */
function listSpan(endpoint: OverviewView['endpoint'], { fromMs, toMs }: Span): void {
  const view: View =
    endpoint === undefined
      ? { kind: 'all' }
      : endpoint === 'catch-all'
        ? { kind: 'catch-all' }
        : { kind: 'endpoint', id: endpoint }
  go({ view, query: spanQuery(fromMs, toMs), deliveryId: null })
}

/** The span as it is now: one that moves ends with the present. */
function useShown(view: OverviewView) {
  const range = useMemo(() => readRange(view.range), [view.range])
  const state = useOverview(view.endpoint ?? null, range)
  const clock = useClock()
  const { sum } = state
  const shown = useMemo(() => {
    if (!sum) return null
    if (range.kind === 'fixed') return shownOf(sum, range.fromMs, range.toMs)
    // What was counted last may be newer than the clock, which ticks every few seconds.
    const toMs = Math.max(clock, state.countedAtMs)
    const fromMs = range.lengthMs === null ? state.fromMs : toMs - range.lengthMs
    return shownOf(sum, Math.min(fromMs, toMs - 1_000), toMs)
  }, [sum, range, clock, state.fromMs, state.countedAtMs])
  const total = useMemo(() => totalOf(shown?.buckets ?? []), [shown])
  return { range, state, shown, total }
}

/** Pictures of what arrived: per endpoint and time range; a brush leads to the list. */
export function OverviewPage({ view }: { view: OverviewView }) {
  const { range, state, shown, total } = useShown(view)
  const [selected, setSelected] = useState<Span | null>(null)
  const [as, setAs] = useState<(typeof views)[number]['id']>('pictures')
  const expectations = useExpectations(view.endpoint)
  const select = useCallback((span: Span) => setSelected(span), [])
  const change = (to: OverviewView) => {
    setSelected(null)
    go({ view: to, deliveryId: null }, { replace: to.range?.includes('-') !== true })
  }
  const count = total ? countOf(total) : 0
  const props = shown && { shown, total, selected, onSelect: select, onOpen: openDelivery }
  return (
    <div className="@container relative flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      <OverviewBar view={view} range={range} shown={shown} onChange={change}>
        {state.progress !== null && state.sum && (
          <span role="status" className="text-sm text-ink-3">
            Counting, {Math.floor(state.progress * 100)} %
          </span>
        )}
        <Segments label="Show as" options={[...views]} value={as} onChange={setAs} />
      </OverviewBar>
      {state.error !== null && (
        <p className="selectable px-6 py-3 text-red">{errorSentence(state.error)}</p>
      )}
      <p role="status" className="sr-only">
        {shown && state.progress === null && `${formatCount(count)} deliveries ${range.words}`}
      </p>
      {props && count === 0 && state.progress === null && (
        <EmptyOverview
          endpoint={view.endpoint}
          range={range}
          onAll={() => change({ ...view, range: 'all' })}
        />
      )}
      {props && count > 0 && (
        <div
          role="group"
          aria-label="Pictures"
          tabIndex={0}
          className="min-h-0 flex-1 overflow-y-auto px-6 pt-1 pb-16 focus-visible:-outline-offset-2"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && selected) {
              event.stopPropagation()
              setSelected(null)
            }
          }}
        >
          {as === 'pictures' ? (
            <div className="grid grid-cols-1 gap-3 @4xl:grid-cols-2">
              <ArrivalsPicture {...props} />
              <SkewPicture {...props} {...expectations.skew} />
              <RetriesPicture {...props} {...expectations.retries} />
              <LatencyPicture {...props} {...expectations.latency} />
              <BytesPicture {...props} />
            </div>
          ) : (
            <OverviewTables
              shown={props.shown}
              gapsSeconds={expectations.retries.gapsSeconds}
              onList={(span) => listSpan(view.endpoint, span)}
              onOpen={openDelivery}
            />
          )}
        </div>
      )}
      {shown && selected && as === 'pictures' && (
        <SelectedSpan
          shown={shown}
          selected={selected}
          onList={() => listSpan(view.endpoint, selected)}
          onZoom={() => change({ ...view, range: writeSpan(selected.fromMs, selected.toMs) })}
          onClear={() => setSelected(null)}
        />
      )}
    </div>
  )
}
