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
  if (change === 'everything') return false
  return change.arrived > 0 || change.judged || change.marks || change.removed || change.endpoints
}

/**
 * How many deliveries a filter finds, kept up while deliveries arrive: a second later at the
 * soonest, more slowly where counting is slow, and not while nobody looks.
 */
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
    let timer: ReturnType<typeof setTimeout> | null = null
    const count = () => {
      timer = null
      if (!document.hidden) void refetch({ cancelRefetch: false })
      else document.addEventListener('visibilitychange', later, { once: true })
    }
    const later = () => {
      timer ??= setTimeout(count, Math.max(LEAST_PAUSE_MS, tookMs.current / SHARE))
    }
    const stop = onChange((change) => matters(change) && later())
    return () => {
      stop()
      document.removeEventListener('visibilitychange', later)
      if (timer !== null) clearTimeout(timer)
    }
  }, [refetch])
  return data
}
