import { maskedTarget } from '#contract/credentials.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { NotificationRule } from '#contract/settings.ts'
import type { Notice } from '#renderer/platform/notice.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'

/** What one question about a rule brings at most; more are told as “50 or more”. */
export const MOST_MATCHES = 50
/** A rule is heard at most so often; what comes between is told together. */
const QUIET_MS = 10_000
/** Arrivals of a burst are looked at together. */
const GATHER_MS = 1_000

export interface NotifierOptions {
  rules: () => readonly NotificationRule[]
  /** Matches of a filter that came after a delivery, and whether there are more than these. */
  matchesSince: (
    query: string,
    afterId: number,
  ) => Promise<{ rows: readonly DeliveryRow[]; hasMore: boolean }>
  newestId: () => Promise<number>
  notify: (notice: Notice) => void
}

interface Waiting {
  count: number
  more: boolean
  newest: DeliveryRow
}

export interface Notifier {
  /** Deliveries came. */
  arrived(): void
  stop(): void
}

/** Tells of arrivals that match a rule, together and not too often. */
export function createNotifier(options: NotifierOptions): Notifier {
  let seenId: number | null = null
  let looking = false
  let again = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | null = null
  const quiet = new Map<string, ReturnType<typeof setTimeout>>()
  const waiting = new Map<string, Waiting>()

  const tell = (name: string) => {
    const found = waiting.get(name)
    if (!found || stopped) return
    waiting.delete(name)
    options.notify(noticeOf(name, found))
    quiet.set(
      name,
      setTimeout(() => {
        quiet.delete(name)
        tell(name)
      }, QUIET_MS),
    )
  }
  const look = async () => {
    const until = await options.newestId()
    const since = seenId
    seenId = until
    // What was there before somebody listened is no news.
    if (since === null || until <= since) return
    for (const { name, query, enabled } of options.rules()) {
      if (!enabled) continue
      const { rows, hasMore } = await options.matchesSince(query, since)
      const fresh = rows.filter(({ id }) => id <= until)
      const newest = fresh.reduce<DeliveryRow | null>(
        (best, row) => (best === null || row.id > best.id ? row : best),
        waiting.get(name)?.newest ?? null,
      )
      if (fresh.length === 0 || newest === null) continue
      const before = waiting.get(name)
      waiting.set(name, {
        count: (before?.count ?? 0) + fresh.length,
        more: hasMore || (before?.more ?? false),
        newest,
      })
      if (!quiet.has(name)) tell(name)
    }
  }
  const lookOnce = async () => {
    looking = true
    // While the engine is away nothing arrives; what comes next is looked at anew.
    await look().catch(() => undefined)
    looking = false
    if (again) lookSoon()
    again = false
  }
  const lookSoon = () => {
    if (timer !== null || stopped) return
    timer = setTimeout(() => {
      timer = null
      if (looking) {
        again = true
        return
      }
      void lookOnce()
    }, GATHER_MS)
  }
  // From where on arrivals are news.
  const begin = async () => {
    const id = await options.newestId()
    seenId ??= id
  }
  // Without an answer the first arrivals say from where on.
  begin().catch(() => undefined)
  return {
    arrived: lookSoon,
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      for (const each of quiet.values()) clearTimeout(each)
    },
  }
}

function noticeOf(name: string, { count, more, newest }: Waiting): Notice {
  const where = visibleStart(newest.endpointName ?? maskedTarget(newest.target), 60)
  const what = [where, newest.eventType, verdictLooks[newest.verdict].word].filter(Boolean)
  const line = visibleStart(what.join(' · '), 120)
  const title = visibleStart(name, 60)
  if (count === 1 && !more) return { title, body: line, deliveryId: newest.id }
  const many = more ? `${count} or more` : String(count)
  return {
    title,
    body: `${many} deliveries match “${title}”. The newest: ${line}`,
    deliveryId: newest.id,
  }
}
