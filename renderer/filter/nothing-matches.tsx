import { useMemo } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import { filterPieces, parseFilter } from '#contract/filter/parse.ts'
import { filterOf, go, type Place } from '#renderer/app/location.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { formatCappedCount } from '#renderer/words/format.ts'
import { describeFilter } from './describe.ts'
import { filterFace } from './filter-face.ts'
import { useLiveCount } from './use-live-count.ts'
import { withoutEach } from './without-each.ts'

type Shown = Pick<Place, 'view' | 'query'>

/** Nobody reads more of them. */
const MOST = 8

function Relaxed({ to, children }: { to: Shown; children: React.ReactNode }) {
  const { view, query } = to
  const filter: DeliveryFilter = useMemo(() => filterOf({ view, query }), [view, query])
  const count = useLiveCount(filter)
  return (
    <li>
      <button
        type="button"
        onClick={() => go(to)}
        className={`flex min-h-7 w-full items-center gap-2 rounded-md border border-line px-2.5 py-1 text-left hover:bg-hover ${count?.count === 0 ? 'text-ink-3' : 'bg-raised'}`}
      >
        <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
        <span className="shrink-0 text-sm text-ink-3">
          {count ? `finds ${formatCappedCount(count)}` : ''}
        </span>
      </button>
    </li>
  )
}

/** In place of rows where a filter finds none: what it asks, and what to take away. */
export function NothingMatches({ view, query }: Shown) {
  const nowMs = useClock()
  const parsed = useMemo(() => parseFilter(query, nowMs), [query, nowMs])
  const relaxed = useMemo(() => withoutEach(query, filterPieces(query, 0)), [query])
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto p-8">
      <div className="flex w-full max-w-md flex-col items-start gap-4">
        <h2 className="text-xl font-semibold">Nothing matches</h2>
        {parsed.ok && (
          <p className="text-ink-2 wrap-anywhere">
            There are no <bdi>{describeFilter(parsed.filter, nowMs)}</bdi>
            {view.kind === 'all' ? '.' : ' here.'}
          </p>
        )}
        <ul aria-label="What to take away" className="flex w-full flex-col gap-1.5">
          {relaxed.length > 1 &&
            relaxed.slice(0, MOST).map(({ dropped, rest, at }) => (
              <Relaxed key={at} to={{ view, query: rest }}>
                Without <span className={filterFace}>{dropped}</span>
              </Relaxed>
            ))}
          {view.kind !== 'all' && (
            <Relaxed to={{ view: { kind: 'all' }, query }}>Among all deliveries</Relaxed>
          )}
          <Relaxed to={{ view, query: '' }}>Without the filter</Relaxed>
        </ul>
      </div>
    </div>
  )
}
