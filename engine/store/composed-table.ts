import type { Database } from 'better-sqlite3'
import type { Composed } from '#contract/compose.ts'

/** What was composed and sent; the requests themselves are replays. */
export interface ComposedTable {
  insert(composed: Omit<Composed, 'id' | 'replayIds'>): number
  /** Newest first. */
  list(limit: number): Composed[]
  /** The oldest, where there are more than so many. */
  oldestBeyond(count: number): number | null
  /**
   * Takes away some of its replays, then itself; to be called until it says `done`. A short
   * transaction each time. `missing`: there is no such thing.
   */
  forgetSome(id: number): 'more' | 'done' | 'missing'
}

/** A replay may have kept a whole answer of 1 MiB, and what is deleted is overwritten. */
const AT_ONCE = 4

interface Row {
  id: number
  composedAtMs: number
  draft: string
  url: string
  signing: string
}

export function composedTable(db: Database): ComposedTable {
  const add = db.prepare<[number, string, string, string]>(
    'INSERT INTO composed (composed_at_ms, draft, url, signing) VALUES (?, ?, ?, ?)',
  )
  const newest = db.prepare<[number], Row>(
    `SELECT id, composed_at_ms AS composedAtMs, draft, url, signing
     FROM composed ORDER BY id DESC LIMIT ?`,
  )
  const beyond = db
    .prepare<[number], number>('SELECT id FROM composed ORDER BY id DESC LIMIT 1 OFFSET ?')
    .pluck()
  const oldest = db.prepare<[], number>('SELECT min(id) FROM composed').pluck()
  const replayIds = db
    .prepare<[number], number>('SELECT id FROM replays WHERE composed_id = ? ORDER BY id')
    .pluck()
  const someReplays = db
    .prepare<[number], number>(`SELECT id FROM replays WHERE composed_id = ? LIMIT ${AT_ONCE}`)
    .pluck()
  const dropBody = db.prepare<[number]>('DELETE FROM replay_bodies WHERE replay_id = ?')
  const dropReplay = db.prepare<[number]>('DELETE FROM replays WHERE id = ?')
  const drop = db.prepare<[number]>('DELETE FROM composed WHERE id = ?')

  const forgetSome = db.transaction((id: number) => {
    const some = someReplays.all(id)
    for (const replayId of some) {
      dropBody.run(replayId)
      dropReplay.run(replayId)
    }
    if (some.length === AT_ONCE) return 'more'
    return drop.run(id).changes > 0 ? 'done' : 'missing'
  })

  return {
    insert: ({ composedAtMs, draft, url, signing }) =>
      Number(
        add.run(composedAtMs, JSON.stringify(draft), url, JSON.stringify(signing)).lastInsertRowid,
      ),
    list: (limit) =>
      newest.all(limit).map(({ draft, signing, ...row }) => ({
        ...row,
        draft: JSON.parse(draft),
        signing: JSON.parse(signing),
        replayIds: replayIds.all(row.id),
      })),
    oldestBeyond: (count) => (beyond.get(count) === undefined ? null : (oldest.get() ?? null)),
    forgetSome: (id) => forgetSome.immediate(id),
  }
}
