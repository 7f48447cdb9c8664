import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CappedCount, DeliveryFilter } from '#contract/delivery.ts'
import type { Change } from '#contract/status.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'

const LEAST_PAUSE_MS = 1_000
/** Counting takes at most this share of the time, however slow the filter is. */
const SHARE = 0.1

function matters(change: Change | 'everything'): boolean {
  // After a gap everything is fetched anew anyway.
  if (change === 'everything') return false
  return change.arrived > 0 || change.judged || change.marks || change.removed || change.endpoints
}

/** Counts again after changes, with pauses, and not while nobody looks; returns how to stop it. */
function keepCounting(count: () => void, pauseMs: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const later = () => {
    timer ??= setTimeout(() => {
      timer = null
      if (document.hidden) document.addEventListener('visibilitychange', later, { once: true })
      else count()
    }, pauseMs())
  }
  const stop = onChange((change) => matters(change) && later())
  return () => {
    stop()
    document.removeEventListener('visibilitychange', later)
    if (timer !== null) clearTimeout(timer)
  }
}

/** How many deliveries a filter finds, kept up while deliveries arrive. */
export function useLiveCount(filter: DeliveryFilter): CappedCount | undefined {
  const tookMs = useRef(0)
  const { data, refetch } = useQuery({
    queryKey: ['live-count', filter],
    queryFn: async ({ signal }) => {
      const startedAt = performance.now()
      const count = await client.deliveries.count({ filter }, { signal })
      tookMs.current = performance.now() - startedAt
      return count
    },
    placeholderData: keepPreviousData,
  })
  useEffect(() => {
    const count = () => void refetch({ cancelRefetch: false })
    return keepCounting(count, () => Math.max(LEAST_PAUSE_MS, tookMs.current / SHARE))
  }, [refetch])
  return data
}
