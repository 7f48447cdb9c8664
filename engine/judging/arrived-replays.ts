import type { Store } from '#engine/store/open-store.ts'
import type { StoredDelivery } from './intake.ts'

/**
 * A replay that came into our own listener knows the delivery that it became. The deliveries are
 * stored and their senders wait: what the database refuses here is kept for the next commit.
 */
export function replayMarker(store: Pick<Store, 'replays'>) {
  let waiting: { replayId: number; deliveryId: number }[] = []
  return (stored: readonly StoredDelivery[]): { error: unknown } | null => {
    for (const { delivery, committed } of stored) {
      if (delivery.replayId === null) continue
      waiting.push({ replayId: delivery.replayId, deliveryId: committed.id })
    }
    try {
      for (const { replayId, deliveryId } of waiting)
        store.replays.markArrived(replayId, deliveryId)
      waiting = []
      return null
    } catch (error) {
      return { error }
    }
  }
}
