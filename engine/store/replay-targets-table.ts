import type { Database } from 'better-sqlite3'
import type { ReplayTarget } from '#contract/replay.ts'

/** As many are remembered for each endpoint. */
const REMEMBERED = 20
/** Ids of endpoints begin at 1. */
const NO_ENDPOINT = 0

/** Where deliveries of an endpoint (`null`: of none) were sent. */
export interface ReplayTargetsTable {
  /** Newest first. */
  list(endpointId: number | null): ReplayTarget[]
  /** Of more than twenty the oldest goes. */
  remember(endpointId: number | null, target: ReplayTarget): void
  /** @returns false when it was not there */
  forget(endpointId: number | null, url: string): boolean
}

export function replayTargetsTable(db: Database): ReplayTargetsTable {
  const list = db.prepare<[number], { url: string; verifyTls: number; lastUsedAtMs: number }>(
    `SELECT url, verify_tls AS verifyTls, last_used_at_ms AS lastUsedAtMs FROM replay_targets
     WHERE endpoint_id = ? ORDER BY last_used_at_ms DESC, url LIMIT ${REMEMBERED}`,
  )
  const put = db.prepare(
    `INSERT INTO replay_targets (endpoint_id, url, verify_tls, last_used_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (endpoint_id, url)
     DO UPDATE SET verify_tls = excluded.verify_tls, last_used_at_ms = excluded.last_used_at_ms`,
  )
  const trim = db.prepare(
    `DELETE FROM replay_targets WHERE endpoint_id = @id AND url NOT IN
     (SELECT url FROM replay_targets WHERE endpoint_id = @id
      ORDER BY last_used_at_ms DESC, url LIMIT ${REMEMBERED})`,
  )
  const drop = db.prepare('DELETE FROM replay_targets WHERE endpoint_id = ? AND url = ?')
  const remember = db.transaction((id: number, target: ReplayTarget) => {
    put.run(id, target.url, Number(target.verifyTls), target.lastUsedAtMs)
    trim.run({ id })
  })
  return {
    list: (endpointId) =>
      list
        .all(endpointId ?? NO_ENDPOINT)
        .map((row) => ({ ...row, verifyTls: row.verifyTls === 1 })),
    remember: (endpointId, target) => {
      remember.immediate(endpointId ?? NO_ENDPOINT, target)
    },
    forget: (endpointId, url) => drop.run(endpointId ?? NO_ENDPOINT, url).changes > 0,
  }
}
