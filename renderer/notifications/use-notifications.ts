import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { platform } from '#renderer/platform/platform.ts'
import { createNotifier, MOST_MATCHES } from './notifier.ts'

const CAPTURED = '-is:imported'
const LOCK = 'countersign.notices'

/** Of several tabs of one browser only one tells; the next takes over when that one closes. */
async function whileFirstTab(signal: AbortSignal, work: () => () => void): Promise<void> {
  const run = () =>
    new Promise<void>((resolve) => {
      const stop = work()
      signal.addEventListener('abort', () => {
        stop()
        resolve()
      })
    })
  // Without locks (an insecure context) each tab tells for itself.
  if (!('locks' in navigator)) return run()
  await navigator.locks.request(LOCK, { signal }, run)
}

/** Shows notices of arrivals by the person's rules, as long as they are switched on. */
export function useNotifications(): void {
  const notifications = useQuery(api.settings.get.queryOptions()).data?.notifications
  const held = useRef(notifications)
  useEffect(() => {
    held.current = notifications
  }, [notifications])
  const on = Boolean(notifications?.enabled && notifications.rules.some(({ enabled }) => enabled))
  useEffect(() => {
    if (!on) return undefined
    const gone = new AbortController()
    const follow = () => {
      const notifier = createNotifier({
        rules: () => held.current?.rules ?? [],
        newestId: async () => (await client.deliveries.list({ limit: 1 })).rows[0]?.id ?? 0,
        matchesSince: (query, afterId) =>
          client.deliveries.list({
            // What came from a file is no news.
            filter: { query: query.trim() === '' ? CAPTURED : `(${query}) ${CAPTURED}` },
            before: { id: afterId },
            limit: MOST_MATCHES,
          }),
        notify: (notice) => platform.notify(notice),
      })
      const unsubscribe = onChange((change) => {
        if (change === 'everything' || change.arrived > 0) notifier.arrived()
      })
      return () => {
        unsubscribe()
        notifier.stop()
      }
    }
    whileFirstTab(gone.signal, follow).catch(() => undefined)
    return () => gone.abort()
  }, [on])
}
