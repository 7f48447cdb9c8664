import type { Database } from 'better-sqlite3'

/** When a delivery came, and to whom. */
export interface DeliveryMoment {
  id: number
  endpointId: number | null
  /** Unix milliseconds. */
  receivedAtMs: number
}

export interface MomentsReader {
  /** In the order of the ids; `null`: it is gone, or about to be. */
  moments(ids: readonly number[]): (DeliveryMoment | null)[]
}

export function momentsReader(db: Database): MomentsReader {
  const get = db.prepare<[number], DeliveryMoment>(
    `SELECT id, endpoint_id AS endpointId, received_at_ms AS receivedAtMs FROM deliveries
     WHERE id = ? AND NOT EXISTS (SELECT 1 FROM removed WHERE delivery_id = deliveries.id)`,
  )
  return { moments: (ids) => ids.map((id) => get.get(id) ?? null) }
}
