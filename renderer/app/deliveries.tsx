import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { parseFilter } from '#contract/filter/parse.ts'
import { QueueStrip } from '#renderer/endpoints/forward/queue-line.tsx'
import { DeliveryDetail } from '#renderer/detail/delivery-detail.tsx'
import { UnreadableFilter } from '#renderer/filter/unreadable-filter.tsx'
import { DeliveryList } from '#renderer/list/delivery-list.tsx'
import { EmptyList } from '#renderer/list/empty-list.tsx'
import { UndoToast } from '#renderer/status/jobs.tsx'
import { api } from './api.ts'
import { filterOf, go, openDelivery, readPlace, writePlace, type Place } from './location.ts'
import { PaneDivider } from './pane-divider.tsx'
import { useKeptNumber, useKeptSwitch } from './use-kept.ts'

const LEAST_LIST = 380
const LEAST_DETAIL = 400
const DETAIL_SHARE = 0.495
/** Under this the detail covers the list. */
const NARROW = 1000
const LONGEST_OPENING_MS = 2_000

/** Until it is loaded the delivery before it stands there, whose tabs go away with it. */
function focusTab(deliveryId: number, giveUpAt: number): void {
  const tab = document.querySelector<HTMLElement>(
    `[data-pane="detail"] [aria-label="Delivery ${deliveryId}"] [role="tab"][tabindex="0"]`,
  )
  if (tab) tab.focus()
  else if (performance.now() < giveUpAt) {
    requestAnimationFrame(() => focusTab(deliveryId, giveUpAt))
  }
}

/** The list and, beside or over it, the delivery that is open. */
export function Deliveries(props: { place: Place; room: number; windowWidth: number }) {
  const { place, room, windowWidth } = props
  const [share, setShare] = useKeptNumber('detail-share', DETAIL_SHARE)
  const { on: detailWanted, set: setDetailWanted } = useKeptSwitch('detail-shown', true)
  const viewKey = writePlace({ view: place.view, query: place.query, deliveryId: null })
  // A filter is a new list; a new object with the same content is not.
  const filter = useMemo(() => filterOf(readPlace(viewKey)), [viewKey])
  const parsed = useMemo(() => parseFilter(place.query, 0), [place.query])
  const select = useCallback((deliveryId: number) => go({ deliveryId }, { replace: true }), [])
  const open = useCallback(
    (deliveryId: number) => {
      go({ deliveryId }, { replace: true })
      setDetailWanted(true)
      requestAnimationFrame(() => focusTab(deliveryId, performance.now() + LONGEST_OPENING_MS))
    },
    [setDetailWanted],
  )
  const narrow = windowWidth < NARROW
  const most = Math.max(LEAST_DETAIL, room - LEAST_LIST)
  const width = Math.round(Math.min(most, Math.max(LEAST_DETAIL, share * room)))
  // Where it covers the list there is nothing to hide it beside.
  const wantedId = narrow || detailWanted ? place.deliveryId : null
  // The list answers at once to a key that is held; the delivery beside it follows.
  const shownId = useDeferredValue(wantedId)
  const status = useQuery(api.status.get.queryOptions()).data
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <main
        tabIndex={-1}
        className={`-outline-offset-2 min-h-0 min-w-0 flex-1 flex-col bg-surface ${narrow && shownId !== null ? 'hidden' : 'flex'}`}
      >
        {parsed.ok ? (
          <DeliveryList
            key={viewKey}
            filter={filter}
            selectedId={place.deliveryId}
            onSelect={select}
            onOpen={open}
            empty={<EmptyList view={place.view} query={place.query} />}
          />
        ) : (
          <UnreadableFilter problem={parsed.problem} />
        )}
        {place.view.kind === 'endpoint' && <QueueStrip endpointId={place.view.id} />}
        <UndoToast jobs={status?.jobs ?? []} />
      </main>
      {shownId !== null && (
        <>
          {!narrow && (
            <PaneDivider
              label="Width of the delivery"
              side="right"
              width={width}
              least={LEAST_DETAIL}
              most={most}
              onResize={(next) => setShare(next / room)}
              onReset={() => setShare(DETAIL_SHARE)}
            />
          )}
          <aside
            data-pane="detail"
            aria-label="Delivery"
            className={`@container flex min-h-0 flex-col bg-surface ${narrow ? 'flex-1' : 'shrink-0'}`}
            style={narrow ? undefined : { width }}
          >
            <DeliveryDetail
              deliveryId={shownId}
              onClose={() => go({ deliveryId: null }, { replace: true })}
              onOpen={openDelivery}
            />
          </aside>
        </>
      )}
    </div>
  )
}
