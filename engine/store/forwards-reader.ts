import type { Database } from 'better-sqlite3'
import type { Forward, ForwardQueue } from '#contract/forwarding.ts'
import { FORWARD_COLUMNS } from './forwards-table.ts'

export interface ForwardsReader {
  /** Of a delivery, in the order of its targets; else the newest that wait or failed. */
  list(query: {
    deliveryId?: number | undefined
    endpointId?: number | undefined
    limit: number
  }): Forward[]
  /** What waits and what failed, of each endpoint that has any. */
  queues(): ForwardQueue[]
}

interface Waiting {
  endpointId: number
  waiting: number
  oldestId: number
}

export function forwardsReader(db: Database): ForwardsReader {
  const ofDelivery = db.prepare<[number, number], Forward>(
    `SELECT ${FORWARD_COLUMNS} FROM forwards WHERE delivery_id = ? ORDER BY id LIMIT ?`,
  )
  const open = db.prepare<{ endpointId: number | null; limit: number }, Forward>(
    `SELECT ${FORWARD_COLUMNS} FROM forwards WHERE state IN ('waiting', 'sending', 'failed')
       AND (@endpointId IS NULL OR endpoint_id = @endpointId) ORDER BY id DESC LIMIT @limit`,
  )
  const waiting = db.prepare<[], Waiting>(
    `SELECT endpoint_id AS endpointId, count(*) AS waiting, min(id) AS oldestId
     FROM forwards WHERE state = 'waiting' GROUP BY endpoint_id`,
  )
  const failed = db.prepare<[], { endpointId: number; failed: number }>(
    `SELECT endpoint_id AS endpointId, count(*) AS failed
     FROM forwards WHERE state = 'failed' GROUP BY endpoint_id`,
  )
  const receivedAt = db
    .prepare<[number], number>(
      `SELECT received_at_ms FROM deliveries
       WHERE id = (SELECT delivery_id FROM forwards WHERE id = ?)`,
    )
    .pluck()

  return {
    list: ({ deliveryId, endpointId, limit }) =>
      deliveryId === undefined
        ? open.all({ endpointId: endpointId ?? null, limit })
        : ofDelivery.all(deliveryId, limit),
    queues: () => {
      const queues = new Map<number, ForwardQueue>()
      for (const { endpointId, waiting: count, oldestId } of waiting.all()) {
        const oldestWaitingAtMs = receivedAt.get(oldestId) ?? null
        queues.set(endpointId, { endpointId, waiting: count, failed: 0, oldestWaitingAtMs })
      }
      for (const { endpointId, failed: count } of failed.all()) {
        const known = queues.get(endpointId)
        if (known) known.failed = count
        else {
          const none = { waiting: 0, oldestWaitingAtMs: null }
          queues.set(endpointId, { endpointId, ...none, failed: count })
        }
      }
      return [...queues.values()]
    },
  }
}
