import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CappedCount, DeliveryFilter } from '#contract/delivery.ts'
import type { Change } from '#contract/status.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { CAP } from '#renderer/list/count-words.ts'

const LEAST_PAUSE_MS = 1_000
/** Counting takes at most this share of the time, however slow the filter is. */
const SHARE = 0.1
/** A count that time cut short is tried again so often, though nothing changed. */
const MOST_RETRIES = 3

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

const pauseAfter = (tookMs: number) => Math.max(LEAST_PAUSE_MS, tookMs / SHARE)

/** Time ran out before everything was counted: the machine was busy, or the filter is slow. */
const isCutShort = ({ count, capped }: CappedCount) => capped && count < CAP

/** How many deliveries a filter finds, kept up while deliveries arrive. */
export function useLiveCount(filter: DeliveryFilter): CappedCount | undefined {
  const tookMs = useRef(0)
  const retries = useRef(0)
  const { data, refetch } = useQuery({
    queryKey: ['live-count', filter],
    queryFn: async ({ signal }) => {
      const startedAt = performance.now()
      const count = await client.deliveries.count({ filter }, { signal })
      tookMs.current = performance.now() - startedAt
      return count
    },
    placeholderData: keepPreviousData,
    // Each answer is another object, so that one like the last is noticed too.
    structuralSharing: false,
  })
  useEffect(() => {
    const count = () => {
      retries.current = 0
      void refetch({ cancelRefetch: false })
    }
    return keepCounting(count, () => pauseAfter(tookMs.current))
  }, [refetch])
  useEffect(() => {
    if (data === undefined || !isCutShort(data) || retries.current === MOST_RETRIES)
      return undefined
    const again = () => {
      retries.current += 1
      void refetch({ cancelRefetch: false })
    }
    const timer = setTimeout(again, pauseAfter(tookMs.current))
    return () => clearTimeout(timer)
  }, [data, refetch])
  return data
}
