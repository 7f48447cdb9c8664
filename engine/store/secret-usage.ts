import type { Database } from 'better-sqlite3'
import type { SecretUsage } from '#contract/endpoint.ts'

export interface SecretUsageReader {
  /**
   * How many deliveries each secret verified since `sinceMs` (unix milliseconds) and when the last
   * one came, by today's verifications; in the order asked. Replays of ours are not counted.
   */
  secretUsage(query: { secretIds: readonly number[]; sinceMs: number }): SecretUsage[]
}

export function secretUsageReader(db: Database): SecretUsageReader {
  const counted = db
    .prepare<[number, number], number>(
      `SELECT count(*) FROM deliveries
       WHERE matched_secret_id = ? AND received_at_ms >= ? AND replay_id IS NULL`,
    )
    .pluck()
  const last = db
    .prepare<[number], number | null>(
      `SELECT max(received_at_ms) FROM deliveries
       WHERE matched_secret_id = ? AND replay_id IS NULL`,
    )
    .pluck()
  return {
    secretUsage: ({ secretIds, sinceMs }) =>
      secretIds.map((secretId) => ({
        secretId,
        verifiedCount: counted.get(secretId, sinceMs) ?? 0,
        lastVerifiedAtMs: last.get(secretId) ?? null,
      })),
  }
}
