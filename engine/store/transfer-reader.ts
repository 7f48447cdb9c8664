import type { Database } from 'better-sqlite3'

/** A delivery as a file tells of it: what is compared with those that are here. */
export interface Told {
  receivedAtMs: number
  bodySha256: Uint8Array
  method: string
  /** JSON as it is stored, and the target; `null`: the file may have changed them on the way. */
  exactly: { target: string; rawHeaders: string } | null
  source: string
}

interface Candidate {
  id: number
  method: string
  target: string
  rawHeaders: string
  bodySha256: Buffer
}

/** What exports need beyond what is shown, and what imports compare with. */
export interface TransferReader {
  /** The id of the newest delivery. */
  newestId(): number
  /** A removal hides it, which can still be undone. */
  isHidden(id: number): boolean
  /** The bytes of the answer's body; `null`: there are none. */
  answerBody(deliveryId: number): Uint8Array | null
  replayAnswerBody(replayId: number): Uint8Array | null
  /** Ids of the replays of a delivery, oldest first, at most `limit`. */
  replayIds(deliveryId: number, limit: number): number[]
  /** The delivery that was imported with this fingerprint. */
  imported(fingerprint: Uint8Array): number | null
  /** Whether this delivery here has these bytes and came at this time. */
  isSame(id: number, told: Pick<Told, 'receivedAtMs' | 'bodySha256'>): boolean
  /**
   * Finds, of the deliveries that are here now, one that came at the same time with the same bytes
   * and was not imported from the same source: those are recognised by their fingerprint.
   */
  recogniser(): (told: Told) => number | null
  /** The replay of a delivery that began at this moment and went there. */
  replayAt(deliveryId: number, startedAtMs: number, url: string): number | null
}

export function transferReader(db: Database): TransferReader {
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM deliveries').pluck()
  const hidden = db.prepare<[number]>('SELECT 1 FROM removed WHERE delivery_id = ?')
  const answer = db
    .prepare<[number], Buffer | null>('SELECT answer_body FROM deliveries WHERE id = ?')
    .pluck()
  const replayAnswer = db
    .prepare<[number], Buffer | null>('SELECT answer FROM replay_bodies WHERE replay_id = ?')
    .pluck()
  const replays = db
    .prepare<[number, number], number>(
      'SELECT id FROM replays WHERE delivery_id = ? ORDER BY id LIMIT ?',
    )
    .pluck()
  const imported = db
    .prepare<[Uint8Array], number>('SELECT delivery_id FROM imported WHERE fingerprint = ?')
    .pluck()
  const sourceOf = db
    .prepare<[number], string>('SELECT source FROM imported WHERE delivery_id = ?')
    .pluck()
  const COLUMNS = `deliveries.id, method, target, raw_headers AS rawHeaders,
    body_sha256 AS bodySha256`
  const indexedAt = db
    .prepare<[number], number>('SELECT id FROM facets WHERE received_at_ms + 0 = ?')
    .pluck()
  const candidate = db.prepare<[number], Candidate & { receivedAtMs: number }>(
    `SELECT ${COLUMNS}, received_at_ms AS receivedAtMs FROM deliveries WHERE id = ?`,
  )
  const tail = db.prepare<[], { id: number; receivedAtMs: number }>(
    `SELECT id, received_at_ms AS receivedAtMs FROM deliveries
     WHERE id > (SELECT indexed_to FROM search_state) ORDER BY id`,
  )
  const replayAt = db
    .prepare<[number, number, string], number>(
      'SELECT id FROM replays WHERE delivery_id = ? AND started_at_ms = ? AND url = ? LIMIT 1',
    )
    .pluck()
  const isSame: TransferReader['isSame'] = (id, { receivedAtMs, bodySha256 }) => {
    const found = candidate.get(id)
    return found?.receivedAtMs === receivedAtMs && found.bodySha256.equals(bodySha256)
  }
  return {
    newestId: () => newest.get() ?? 0,
    isHidden: (id) => hidden.get(id) !== undefined,
    answerBody: (id) => answer.get(id) ?? null,
    replayAnswerBody: (id) => replayAnswer.get(id) ?? null,
    replayIds: (id, limit) => replays.all(id, limit),
    imported: (fingerprint) => imported.get(fingerprint) ?? null,
    isSame,
    recogniser() {
      const upToId = newest.get() ?? 0
      // What is not indexed yet is found by what is read of it now; it is never much for long.
      const waiting = byTime(tail.iterate())
      return (told) => {
        const { receivedAtMs, exactly } = told
        const ids = [...indexedAt.all(receivedAtMs), ...(waiting.get(receivedAtMs) ?? [])]
        for (const id of ids) {
          if (id > upToId || !isSame(id, told) || sourceOf.get(id) === told.source) continue
          const found = candidate.get(id)
          if (found?.method !== told.method || hidden.get(id) !== undefined) continue
          if (exactly === null) return id
          if (found.target === exactly.target && found.rawHeaders === exactly.rawHeaders) return id
        }
        return null
      }
    },
    replayAt: (id, startedAtMs, url) => replayAt.get(id, startedAtMs, url) ?? null,
  }
}

function byTime(rows: Iterable<{ id: number; receivedAtMs: number }>): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const { id, receivedAtMs } of rows) {
    const ids = found.get(receivedAtMs)
    if (ids) ids.push(id)
    else found.set(receivedAtMs, [id])
  }
  return found
}
