import { useEffect, useState } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { newsText } from './news-text.ts'

/** Screen readers hear of arrivals no oftener than this. */
const PAUSE_MS = 5_000
const MOST = 200

/** What could not be read is not worth an alarm: the list itself says so. */
function quietly(work: () => Promise<void>): void {
  work().catch(() => undefined)
}

/** Says what arrived, at most every few seconds; returns how to stop. */
function followNews(filter: DeliveryFilter, say: (news: string) => void): () => void {
  const held = new AbortController()
  const { signal } = held
  let newest = 0
  let told: number | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  /** What is there already is no news. */
  const begin = async () => {
    const page = await client.deliveries.list({ limit: 1 }, { signal })
    newest = Math.max(newest, page.rows[0]?.id ?? 0)
    told ??= newest
  }
  const tell = async () => {
    timer = null
    const before = { id: told ?? newest, value: null }
    const page = await client.deliveries.list({ filter, before, limit: MOST }, { signal })
    told = Math.max(newest, page.rows[0]?.id ?? 0)
    const verdicts = page.rows.map(({ verdict }) => verdict)
    if (!signal.aborted) say(newsText(verdicts, page.hasMore))
  }
  const forget = onChange((change) => {
    if (change === 'everything') {
      if (told === null) return quietly(begin)
    } else {
      if (change.arrived === 0) return undefined
      newest = Math.max(newest, change.newestDeliveryId ?? 0)
      told ??= newest - change.arrived
    }
    timer ??= setTimeout(() => quietly(tell), PAUSE_MS)
    return undefined
  })
  quietly(begin)
  return () => {
    forget()
    held.abort()
    if (timer !== null) clearTimeout(timer)
  }
}

/** Tells screen readers what arrived, without chattering. */
export function ArrivalNews({ filter }: { filter: DeliveryFilter }) {
  const [news, setNews] = useState('')
  useEffect(() => followNews(filter, setNews), [filter])
  return (
    <p role="status" aria-live="polite" className="sr-only" data-testid="arrival-news">
      {news}
    </p>
  )
}
