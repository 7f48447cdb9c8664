import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { LoaderCircle, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button } from '#renderer/controls/button.tsx'
import { formatClock, formatDay } from '#renderer/words/format.ts'
import type { ListState } from './model/held-list.ts'

/** `14:02`, `14:02 yesterday`, `14:02 on 2026-11-01`. */
export function whenWords(thenMs: number, nowMs: number): string {
  const clock = formatClock(thenMs).slice(0, 5)
  if (formatDay(thenMs) === formatDay(nowMs)) return clock
  const yesterday = new Date(nowMs)
  yesterday.setDate(yesterday.getDate() - 1)
  if (formatDay(thenMs) === formatDay(yesterday.getTime())) return `${clock} yesterday`
  return `${clock} on ${formatDay(thenMs)}`
}

const TOLD_EVERY_MS = 500

/** The value, but no new one sooner than twice a second. */
function useSlowly<T>(value: T): T {
  const [told, setTold] = useState(value)
  const newest = useRef(value)
  useEffect(() => {
    newest.current = value
  }, [value])
  useEffect(() => {
    const timer = setInterval(() => setTold(newest.current), TOLD_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return told
}

interface Props {
  search: NonNullable<ListState['search']>
  byTime: boolean
  onStop: () => void
  onGoOn: () => void
}

/** How far back a search has looked that no index serves. */
export function SearchLine({ search, byTime, onStop, onGoOn }: Props) {
  const { running } = search
  const now = useClock()
  const backTo = useSlowly(search.backTo)
  const newestUpToThere = { after: { id: (backTo ?? 0) + 1 }, limit: 1 }
  const there = useQuery({
    ...api.deliveries.list.queryOptions({ input: newestUpToThere }),
    enabled: byTime && backTo !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  }).data?.rows[0]
  const when = there && byTime ? ` back to ${whenWords(there.receivedAtMs, now)}` : ''
  const Icon = running ? LoaderCircle : Search
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-t border-line bg-canvas pr-2 pl-3 text-sm text-ink-2">
      <Icon size={13} aria-hidden className={running ? 'animate-spin' : 'text-ink-3'} />
      <span role="status" className="min-w-0 flex-1 truncate">
        {running ? `Searching${when ? `, so far${when}` : ''}…` : `Searched${when}.`}
      </span>
      <Button small kind="quiet" onPress={running ? onStop : onGoOn}>
        {running ? 'Stop' : 'Go on'}
      </Button>
    </div>
  )
}
