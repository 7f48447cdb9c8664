import type { ReactNode } from 'react'
import type { View } from '#renderer/app/location.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Segments, SelectField } from '#renderer/controls/choice.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import type { OverviewShown } from './overview-sum.ts'
import { formatSpan, presetRanges, type TimeRange } from './time-range.ts'

type OverviewView = Extract<View, { kind: 'overview' }>

interface Props {
  view: OverviewView
  range: TimeRange
  shown: OverviewShown | null
  onChange: (to: OverviewView) => void
  children: ReactNode
}

function readEndpoint(id: string): OverviewView['endpoint'] | null {
  if (id === 'all') return null
  return id === 'catch-all' ? id : Number(id)
}

/** Of which endpoint, and of when. */
export function OverviewBar({ view, range, shown, onChange, children }: Props) {
  const endpoints = useEndpoints()
  const now = useClock()
  const options = [
    { id: 'all', name: 'All endpoints' },
    ...endpoints.map(({ id, name }) => ({ id: String(id), name: visibleStart(name, 80) })),
    { id: 'catch-all', name: 'Catch-all' },
  ]
  const chooseEndpoint = (id: string) => {
    const endpoint = readEndpoint(id)
    const { endpoint: _, ...rest } = view
    onChange(endpoint === null || endpoint === undefined ? rest : { ...rest, endpoint })
  }
  const custom = range.kind === 'fixed'
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-6 pt-4 pb-3">
      <h1 className="mr-1 text-lg font-semibold">Overview</h1>
      <div className="w-44">
        <SelectField
          label="Endpoint"
          hideLabel
          options={options}
          value={String(view.endpoint ?? 'all')}
          onChange={chooseEndpoint}
        />
      </div>
      <Segments
        label="Time range"
        value={custom ? 'custom' : range.id}
        onChange={(id) => id !== 'custom' && onChange({ ...view, range: id })}
        options={[
          ...presetRanges.map(({ id, name }) => ({ id, name })),
          ...(custom ? [{ id: 'custom' as const, name: 'Chosen' }] : []),
        ]}
      />
      {shown && (
        <span className="selectable text-sm whitespace-nowrap text-ink-3">
          {formatSpan(shown.fromMs, shown.toMs, now)}
        </span>
      )}
      <span className="flex-1" />
      {children}
    </header>
  )
}
