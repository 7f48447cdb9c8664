import { useEffect, useState } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { failures } from '#renderer/words/verdicts.ts'
import { formatCount } from '#renderer/words/format.ts'

/** Screen readers hear of arrivals no oftener than this. */
const PAUSE_MS = 5_000
const MOST = 200

export function newsOf(verdicts: readonly string[], more: boolean): string {
  if (verdicts.length === 0) return ''
  const count = `${formatCount(verdicts.length)}${more ? '+' : ''}`
  const failed = verdicts.filter((verdict) => failures.some((each) => each === verdict))
  const what = `${count} new ${verdicts.length === 1 ? 'delivery' : 'deliveries'}`
  if (failed.length === 0) return what
  const [first] = failed
  const same = failed.every((verdict) => verdict === first)
  return `${what}, ${formatCount(failed.length)} ${same ? first : 'failed'}`
}

/** Tells screen readers what arrived, without chattering. */
export function ArrivalNews({ filter }: { filter: DeliveryFilter }) {
  const [news, setNews] = useState('')
  useEffect(() => {
    const { signal, abort } = controller()
    let newest = 0
    let told: number | null = null
    let timer: ReturnType<typeof setTimeout> | null = null
    const tell = async () => {
      timer = null
      const before = { id: told ?? newest, value: null }
      told = newest
      const page = await client.deliveries.list({ filter, before, limit: MOST }, { signal })
      setNews(
        newsOf(
          page.rows.map(({ verdict }) => verdict),
          page.hasMore,
        ),
      )
    }
    const forget = onChange((change) => {
      if (change === 'everything' || change.arrived === 0) return
      const id = change.newestDeliveryId ?? newest
      told ??= id - change.arrived
      newest = Math.max(newest, id)
      timer ??= setTimeout(() => void tell().catch(() => undefined), PAUSE_MS)
    })
    return () => {
      forget()
      abort()
      if (timer !== null) clearTimeout(timer)
    }
  }, [filter])
  return (
    <p role="status" aria-live="polite" className="sr-only" data-testid="arrival-news">
      {news}
    </p>
  )
}

function controller() {
  const held = new AbortController()
  return { signal: held.signal, abort: () => held.abort() }
}
