import type { DeliveryRow } from '#contract/delivery.ts'
import type { ApiClient } from '#contract/client.ts'

const PAGE = 500

/**
 * Calls `onRow` for every delivery above an id, oldest first, and goes on with those to come until
 * the signal says stop, the engine ends, or `onRow` returns false.
 */
export async function followDeliveries(
  client: ApiClient,
  options: {
    afterId: number
    signal: AbortSignal
    onRow: (row: DeliveryRow) => boolean
    /** Only what this filter finds. */
    query?: string | undefined
    /** More than a person can read at once: all but the last `rows` are left out, and counted. */
    burst?: { rows: number; onSkipped: (count: number) => void }
  },
): Promise<void> {
  let lastId = options.afterId
  const skipBurst = (newestId: number | null): void => {
    const { burst } = options
    const first = (newestId ?? 0) - (burst?.rows ?? 0)
    if (!burst || first <= lastId) return
    burst.onSkipped(first - lastId)
    lastId = first
  }
  const filter = options.query === undefined ? {} : { query: options.query }
  const showNew = async (newestId: number | null): Promise<boolean> => {
    skipBurst(newestId)
    for (;;) {
      const { rows, hasMore, searchedTo } = await client.deliveries.list({
        filter,
        before: { id: lastId },
        limit: PAGE,
      })
      for (const row of [...rows].reverse()) {
        lastId = row.id
        if (!options.onRow(row)) return false
      }
      if (searchedTo !== null) lastId = Math.max(lastId, searchedTo.id)
      else if (!hasMore) {
        // What does not match has been looked at too.
        lastId = Math.max(lastId, newestId ?? 0)
        return true
      }
      if (options.signal.aborted) return true
    }
  }
  const changes = await client.status.changes(undefined, { signal: options.signal })
  try {
    // The first event says that the subscription stands: what comes later is announced.
    let subscribed = false
    for await (const change of changes) {
      if ((change.arrived > 0 || !subscribed) && !(await showNew(change.newestDeliveryId))) return
      subscribed = true
    }
  } catch (error) {
    if (!options.signal.aborted) throw error
  }
}

/** The newest id that was received before a moment; 0 when there is none. */
export async function newestIdBefore(client: ApiClient, ms: number): Promise<number> {
  let before: number | undefined
  for (;;) {
    const { rows, hasMore } = await client.deliveries.list({
      limit: PAGE,
      ...(before === undefined ? {} : { after: { id: before } }),
    })
    const found = rows.find((row) => row.receivedAtMs < ms)
    if (found !== undefined || !hasMore) return found?.id ?? 0
    before = rows.at(-1)?.id
  }
}
